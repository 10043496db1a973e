package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.SleepPosition;
import io.lumbar.reports.daily.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every morning in every format, word for word. {@code -Dgolden.update=true} writes the files anew;
 * then look at what changed.
 */
class GoldenReportsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/io/lumbar/reports/golden");

  /** What a wearer must never read: blame, alarm, a score, or a claim of a cause. */
  private static final Pattern BANNED =
      Pattern.compile(
          "\\b(bad|poor|damage|injur\\w*|slouch\\w*|wrong"
              + " posture|score|danger\\w*|warning|unhealthy|alarm\\w*|fail\\w*|should have|too"
              + " much|causes pain|because you sat)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final char NBSP = '\u00a0';

  private static final List<ReportFormat> TEXTS =
      Arrays.stream(ReportFormat.values()).filter(f -> f != ReportFormat.PDF).toList();

  static Stream<String> scenes() {
    return Scenes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void areWhatTheyWere(String name) throws IOException {
    for (ReportFormat format : TEXTS) {
      String written = format.write(Scenes.all().get(name).report(), Optional.empty());
      Path golden = GOLDEN.resolve(name + "." + format.extension());
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(GOLDEN);
        Files.writeString(golden, written);
      }
      assertThat(written).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
  }

  /** A decimal comma, and other digits. */
  @ParameterizedTest
  @CsvSource({
    "de-DE, restless-night",
    "de-DE, estimated-night",
    "ar-EG, restless-night",
    "ar-EG, half-day",
    "ar-EG, arched-night",
    "ar-EG, first-day",
    "ar-EG, dst-night"
  })
  void areTheSameOnAMachineOfAnotherLanguage(String language, String name) throws IOException {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag(language));
    try {
      for (ReportFormat format : TEXTS) {
        Path golden = GOLDEN.resolve(name + "." + format.extension());
        assertThat(format.write(Scenes.all().get(name).report(), Optional.empty()))
            .as(golden.toString())
            .isEqualTo(Files.readString(golden));
      }
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  /** 48, 95 and 57 minutes of 7 h 55 min, and 2 h 40 min of sitting: known, and no totals. */
  @Test
  void tellNoSumsOfWhatWasHardlySeen() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      String night =
          format.write(Scenes.hardlySeenNight().report(), Optional.empty()).replace(NBSP, ' ');
      assertThat(night).as(format.name()).doesNotContain("48 min", "1 h 35 min", "57 min");
      assertThat(night).contains("3 h 20 min seen of 7 h 55 min in bed");
      String day = format.write(Scenes.halfDay().report(), Optional.empty()).replace(NBSP, ' ');
      assertThat(day.replace("2 h 40 min sitting in 5 h 20 min seen of 15 h awake", ""))
          .as(format.name())
          .doesNotContain("2 h 40 min", "2 h 22 min");
    }
  }

  /** The arch, too, is of the positions, which here are known for less than the posture. */
  @Test
  void tellNoSumsOfPositionsThatAreHardlyKnown() {
    NightSummary seen =
        Scenes.hardlySeenNight().report().night().optional().orElseThrow().summary();
    NightSummary arched =
        Scene.with(
            seen,
            tree ->
                tree.put("coverageMinutes", 450)
                    .put("possiblyArchedMinutes", 31)
                    .put("archConfidence", 0.4));
    Report report = new Scene(seen.date()).night(arched).report();
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      String text = format.write(report, Optional.empty()).replace(NBSP, ' ');
      assertThat(text).as(format.name()).doesNotContain("48 min", "1 h 35 min", "% sure");
      assertThat(text.replaceAll("\\s+", " "))
          .contains("How you lay: known for 3 h 20 min of 7 h 55 min in bed, too little");
    }
  }

  /** Sums have no place on a scale of hours; each has its bar, its minutes and its share. */
  @Test
  void tellSumsOfANightAsSharesAndNotAsTimes() {
    for (ReportFormat format : List.of(ReportFormat.HTML, ReportFormat.EMAIL)) {
      String sums = words(format, Scenes.nightOfSums());
      String night = sums.substring(sums.indexOf("Last night<"), sums.indexOf(">Yesterday,"));
      assertThat(night)
          .as(format.name())
          .contains("Share of the night, not when")
          .contains("Half on the front", "38 min", "under a minute", "under 1 %", "40 %")
          .doesNotContain("class=\"hours\"", ">22:40<", ">06:35<");
      assertThat(words(format, Scenes.goodDay())).doesNotContain("Share of the night");
    }
    Outline outline = ReportOutline.of(Scenes.nightOfSums().report(), Optional.empty());
    assertThat(outline.blocks())
        .filteredOn(block -> block instanceof Outline.Strip)
        .singleElement()
        .isInstanceOfSatisfying(
            Outline.Strip.class, day -> assertThat(day.spoken()).contains("The day"));
  }

  /** A bar is as long as its share, and one without a total has no minutes beside it. */
  @Test
  void drawSharesAsLongAsTheyAre() {
    String html = ReportFormat.HTML.write(Scenes.nightOfSums().report(), Optional.empty());
    assertThat(html).contains("<i class=\"s-left\" style=\"width:39.58%\"></i>");
    NightSummary hardly =
        Scene.with(
            Scenes.hardlySeenNight().report().night().optional().orElseThrow().summary(),
            tree -> tree.putArray("track"));
    Report report = new Scene(hardly.date()).night(hardly).report();
    for (ReportFormat format : List.of(ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(format.write(report, Optional.empty()).replace(NBSP, ' '))
          .contains("Left side", "Share of the night")
          .doesNotContain("1 h 35 min", "20 %");
    }
  }

  /** Bends in 2 h of 16 h are none of the day's; those in 12 h are, and it is said of how much. */
  @Test
  void tellBendsByWhatASensorOnTheTrunkSaw() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.goodDay().bends(31, 2)))
          .as(format.name())
          .contains("Bends: a sensor on the trunk could tell for 2 h of 16 h awake, too little")
          .doesNotContain("Bends of 45", "Bend with the legs");
      assertThat(words(format, Scenes.goodDay().bends(31, 12)))
          .as(format.name())
          .contains("Bends of 45", "Bends were counted in 12 h of 16 h awake.")
          .contains("31 bends of 45\u00b0 or more yesterday, more than usual for you.");
      assertThat(words(format, Scenes.goodDay().bends(31, 16)))
          .as(format.name())
          .contains("Bends of 45")
          .doesNotContain("Bends were counted");
    }
  }

  /** A guess of the thigh is called one wherever its number stands. */
  @Test
  void callAnEstimateOne() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      String weeks = words(format, Scenes.estimatedNight());
      assertThat(weeks.substring(weeks.indexOf("The last four weeks")))
          .as(format.name())
          .contains("On the front (estimated)");
      assertThat(weeks.substring(0, weeks.indexOf("The last four weeks")))
          .as(format.name())
          .contains("On the front (estimated)");
      String some = words(format, Scenes.goodDay().estimates(Placement.THIGH, 3));
      assertThat(some.substring(some.indexOf("The last four weeks")))
          .as(format.name())
          .contains("On the front (partly estimated)");
      assertThat(words(format, Scenes.goodDay())).doesNotContain("estimated");
    }
    assertThat(words(ReportFormat.CSV, Scenes.estimatedNight()))
        .containsPattern("night,prone,minutes,149,.*,thigh\r\n")
        .containsPattern("night,seen-left,minutes,190,.*,thigh\r\n")
        .containsPattern("night,in-bed,minutes,475,.*,\r\n");
    assertThat(words(ReportFormat.JSON, Scenes.estimatedNight()))
        .contains("\"value\" : 149, \"estimatedFrom\" : \"thigh\"");
  }

  /** Nobody is told to wear what they wore: the reason is that of the sensors of the night. */
  @Test
  void tellWhyNoArchIsKnown() {
    NightSummary told =
        Scenes.partlyKnownNight().report().night().optional().orElseThrow().summary();
    Map<Consumer<ObjectNode>, String> reasons =
        Map.of(
            tree -> {},
            "the sensor on your trunk told no angle; it takes a sensor on the lower back",
            tree -> tree.put("estimatedFrom", "thigh"),
            "no sensor on the trunk told most of the night; it takes a sensor on the lower back",
            tree -> tree.put("headUpDegrees", 4.5),
            "one sensor on the trunk cannot tell; it takes two, on the chest and on the lower back",
            tree ->
                ((ObjectNode) tree.put("headUpDegrees", 4).get("positionMinutes")).remove("prone"),
            "that is told of lying on the front alone, and you did not lie on it.");
    reasons.forEach(
        (change, reason) ->
            assertThat(
                    new Scene(told.date()).night(Scene.with(told, change)).report().notMeasured())
                .filteredOn(line -> line.startsWith("How arched your back was: "))
                .singleElement()
                .asString()
                .contains(": " + reason));
    assertThat(Scenes.archedNight().report().notMeasured())
        .noneMatch(line -> line.startsWith("How arched your back was"));
  }

  /** A thigh tells no bends, and neither does a chest sensor that sends postures alone. */
  @Test
  void tellWhyNoBendsAreKnown() {
    assertThat(Scenes.goodDay().report().notMeasured())
        .contains(
            "Bends: they are counted by a sensor on the trunk that tells how far you bend; none told"
                + " it, or not for long.");
    assertThat(Scenes.goodDay().worn(Placement.CHEST).report().notMeasured())
        .contains(
            "Bends: the sensor on the chest told postures; how far you bent it did not tell, or not"
                + " for long.");
    for (Scene scene :
        List.of(Scenes.goodDay().bends(12, 16), Scenes.halfDay(), Scenes.all().get("no-data"))) {
      assertThat(scene.report().notMeasured()).noneMatch(line -> line.startsWith("Bends"));
    }
  }

  /** Zeros of a day that nobody saw are no numbers. */
  @Test
  void tellNoZerosOfADayThatNobodySaw() {
    Report report = Scenes.nightAlone().report();
    assertThat(Words.headline(report).get(0)).isEqualTo("Nothing was seen of your day yesterday.");
    assertThat(report.notMeasured())
        .contains(
            "Yesterday awake: nothing came from a sensor, as when it is not worn, its battery is"
                + " empty or it has not sent yet.");
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.nightAlone()))
          .as(format.name())
          .contains("Nothing was seen of 16 h awake, so there are no totals.")
          .contains("Yesterday\u2019s posture in bed is from: a sensor on the chest.")
          .doesNotContain("0 min sitting", "in 0 min", "0 min seen");
    }
    assertThat(words(ReportFormat.CSV, Scenes.nightAlone())).doesNotContain(",day,");
    assertThat(words(ReportFormat.JSON, Scenes.nightAlone()))
        .contains("\"seenMinutes\" : 0,")
        .doesNotContain("sittingMinutes");
    Scene walked =
        new Scene(LocalDate.of(2026, 3, 5))
            .yesterday("00:00 lying 06:40 unknown 09:00 not-worn 12:00 unknown 24:00", 0)
            .steps(2504);
    assertThat(Words.headline(walked.report()))
        .containsExactly(
            "Nothing was seen of your posture yesterday; 2\u202f504 steps were counted.");
    assertThat(walked.report().notMeasured())
        .anyMatch(
            line -> line.startsWith("Yesterday awake: for 3 h the sensor was not worn; for "));
  }

  private static final String STEPS =
      "1. Start as it is easy for you, with your feet flat on the floor. 2. Breathe calmly and stay"
          + " a while, without going any further. 3. Come back slowly, and change sides. Leave it out"
          + " if it hurts.";

  /** On paper and in a mail nothing can be opened: the steps are there, or a link that works. */
  @Test
  void tellHowAnExerciseIsDone() throws IOException {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.restlessNight()).replaceAll("<[^>]*>", ""))
          .as(format.name())
          .contains("Pelvic tilt", STEPS)
          .doesNotContain("Side reach, hold");
      for (String start : Arrays.asList(null, "http://localhost:8080", "http://127.0.0.1:8080")) {
        assertThat(words(format, Scenes.restlessNight().guided(start)).replaceAll("<[^>]*>", ""))
            .as(format.name() + " " + start)
            .contains("Side reach, hold 20 s, 2 times each side: " + STEPS);
      }
    }
    PDDocument linked = pdf(Scenes.restlessNight());
    assertThat(text(linked))
        .contains(STEPS, "Start it, step by step")
        .doesNotContain("Side reach, h");
    assertThat(links(linked)).containsExactly(Scene.GUIDE.toString());
    PDDocument unlinked = pdf(Scenes.restlessNight().guided("http://localhost:8080"));
    assertThat(text(unlinked)).contains("Side reach, hold 20 s, 2 times each side: " + STEPS);
    assertThat(links(unlinked)).isEmpty();
  }

  private static PDDocument pdf(Scene scene) throws IOException {
    return Loader.loadPDF(ReportFormat.PDF.bytes(scene.report(), Optional.empty()));
  }

  private static String text(PDDocument document) throws IOException {
    return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
  }

  private static List<String> links(PDDocument document) throws IOException {
    List<String> links = new ArrayList<>();
    for (PDPage page : document.getPages()) {
      for (PDAnnotation one : page.getAnnotations()) {
        links.add(((PDActionURI) ((PDAnnotationLink) one).getAction()).getURI());
      }
    }
    return links;
  }

  /** A dot each, of which a line of no length would show nothing. */
  @Test
  void drawDaysBetweenGapsAsDots() {
    String alternate =
        ReportFormat.HTML.write(Scenes.halfDay().everyOther().report(), Optional.empty());
    Matcher lone = Pattern.compile("class=\"lone\" d=\"([^\"]*)\"").matcher(alternate);
    assertThat(lone.find()).isTrue();
    assertThat(lone.group(1)).matches("(M[0-9.]+ [0-9.]+h0){13,14}");
    assertThat(ReportFormat.HTML.write(Scenes.halfDay().report(), Optional.empty()))
        .doesNotContain("class=\"lone\"");
  }

  /**
   * 22:40 to 07:10 are eight and a half hours, but not in this night; likewise a day of 25 hours.
   */
  @Test
  void tellThatTheClocksChanged() throws IOException {
    LocalDate autumn = LocalDate.of(2026, 10, 25);
    NightSummary longer =
        Scene.night(
            autumn,
            Scene.at(autumn, "00:20"),
            Scene.at(autumn, "05:59"),
            Map.of(SleepPosition.LEFT, 399.0),
            3,
            0,
            null);
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.dstNight()))
          .as(format.name())
          .contains("22:40 to 07:10", "The clocks went forward by 1 h in this night.");
      assertThat(words(format, new Scene(autumn).night(longer)))
          .contains("00:20 to 05:59", "of 6 h 39 min in bed")
          .contains("The clocks went back by 1 h in this night.");
      assertThat(
              words(
                  format,
                  new Scene(autumn.plusDays(1)).yesterday("00:00 lying 06:00 sitting 24:00", 0)))
          .contains(
              "18 h sitting in 18 h seen of 18 h awake. The clocks went back by 1 h on this day.");
      assertThat(words(format, Scenes.twoZones())).doesNotContain("The clocks went");
    }
    assertThat(text(pdf(Scenes.dstNight())))
        .contains("The clocks went forward by 1 h in this night.");
  }

  /** A reminder of half an hour comes on no day without half an hour of sitting. */
  @ParameterizedTest
  @MethodSource("scenes")
  void remindOfNoSittingThatWasNot(String name) {
    Report report = Scenes.all().get(name).report();
    report
        .reminders()
        .optional()
        .ifPresent(
            all -> {
              double longest =
                  report.day().optional().orElseThrow().strip().stream()
                      .filter(stretch -> stretch.posture() == Posture.SITTING)
                      .mapToDouble(Report.Stretch::minutes)
                      .max()
                      .orElse(0);
              assertThat(all.told()).allMatch(told -> told.step() <= longest);
            });
  }

  /** In every format that people read. */
  @Test
  void tellWhenTheLongestSittingWas() throws IOException {
    String when = "The longest sitting was from 21:04 to 22:31.";
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.restlessNight())).as(format.name()).contains(when);
    }
    assertThat(text(pdf(Scenes.restlessNight()))).contains(when);
    assertThat(words(ReportFormat.TEXT, Scenes.halfDay()))
        .contains("The longest sitting that was seen was from 10:06 to 11:20.");
  }

  /** In bed for 7 h 55 min, of which the sensor on the chest felt 4 h 54 min. */
  @Test
  void tellPositionsByHowMuchOfThemIsKnown() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.partlyKnownNight()))
          .as(format.name())
          .contains("7 h 36 min seen of 7 h 55 min in bed", "1 h 10 min")
          .contains("How you lay is known for 4 h 54 min of 7 h 55 min in bed.");
      assertThat(words(format, Scenes.goodDay())).doesNotContain("How you lay is known for");
    }
    assertThat(words(ReportFormat.CSV, Scenes.partlyKnownNight()))
        .contains("night,in-bed,minutes,475,")
        .containsPattern("night,in-bed,.*,456,475")
        .containsPattern("night,prone,.*,294,475")
        .containsPattern("night,seen-left,.*,294,475");
  }

  /** Of Berlin what happened in Berlin, of New York the night there. */
  @Test
  void tellTimesInTheZoneOfTheirDayAndNight() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.twoZones()))
          .as(format.name())
          .contains("00:10 to 07:05", "14:30", "15:02")
          .doesNotContain("08:30", "09:02");
    }
  }

  /** Without a night sensor, too, the morning's words stand somewhere. */
  @Test
  void tellHowTheMorningFeltWithoutANight() {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      assertThat(words(format, Scenes.noNightSensor()))
          .as(format.name())
          .contains("This morning", "4 of 10", "2 of 10")
          .doesNotContain("there was no check-in");
      assertThat(words(format, Scenes.halfDay())).contains("there was no check-in");
    }
    assertThat(words(ReportFormat.CSV, Scenes.noNightSensor()))
        .contains("2026-03-05,morning,pain,scale,4,");
  }

  private static String words(ReportFormat format, Scene scene) {
    String written = format.write(scene.report(), Optional.empty()).replace(NBSP, ' ');
    return format == ReportFormat.CSV ? written : written.replaceAll("\\s+", " ");
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void useKindWords(String name) {
    for (ReportFormat format : List.of(ReportFormat.TEXT, ReportFormat.HTML, ReportFormat.EMAIL)) {
      String written = format.write(Scenes.all().get(name).report(), Optional.empty());
      String words = written.replaceAll("(?s)<style>.*?</style>", "").replaceAll("<[^>]*>", " ");

      assertThat(BANNED.matcher(words).results().map(found -> found.group())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void areOneOrTwoPagesOfPaperThatSayTheSame(String name) throws IOException {
    Report report = Scenes.all().get(name).report();
    byte[] pdf = ReportFormat.PDF.bytes(report, Optional.empty());
    assertThat(ReportFormat.PDF.bytes(report, Optional.empty())).isEqualTo(pdf);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isBetween(1, 2);
      String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
      for (String line : Words.headline(report)) {
        assertThat(text).contains(line.replace('\u00a0', ' '));
      }
      assertThat(text).contains("Not measured, and why");
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void fitMailProgramsThatDropStylesAndDrawings(String name) {
    String mail =
        ReportFormat.EMAIL
            .write(Scenes.all().get(name).report(), Optional.empty())
            .replace("<a href=\"" + Scene.GUIDE, "<a href=\"");
    if (name.equals("own-machine")) {
      assertThat(mail).doesNotContain("<a ");
    }

    assertThat(mail)
        .contains("max-width:600px")
        .doesNotContain("<svg", "<style", "<script", "class=", "var(", "http", " src=", "null");
    assertThat(mail.length()).isLessThan(100_000);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void needNothingFromElsewhere(String name) {
    String html =
        ReportFormat.HTML
            .write(Scenes.all().get(name).report(), Optional.empty())
            .replace("<a href=\"" + Scene.GUIDE, "<a href=\"")
            .replace("<a class=\"here\" href=\"http://localhost:8080", "<a href=\"");

    assertThat(html)
        .doesNotContain(
            "<script", "http://", "https://", "url(", "@import", " src=", "NaN", "null");
  }
}
