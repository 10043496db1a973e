package io.lumbar.ingest.export;

import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.ingest.recording.ZipEntries;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * Steps and sleep from exports of Fitbit and Google Health: the zip of Takeout, or one file of it.
 *
 * <p>Nobody says whether the times of {@code steps-*.json} are local or UTC, and reports differ.
 * They are taken as local, or as UTC where a person says so by naming the format {@code
 * fitbit-utc}; steps in the middle of sleep make a note. An archive may have the same days in
 * Google's {@code steps_*.csv}, in UTC: then the one that has more of a day counts, for both would
 * stand beside each other, a few hours apart.
 *
 * @param id {@code fitbit} or {@code fitbit-utc}
 * @param utc whether {@code steps-*.json} is in UTC
 */
public record FitbitFile(String id, boolean utc) implements ExportFormat {
  /** As local times, which files are recognised as; and as UTC, which must be named. */
  public static final List<ExportFormat> ALL =
      List.of(new FitbitFile("fitbit", false), new FitbitFile("fitbit-utc", true));

  private static final Pattern PART =
      Pattern.compile("(.*/)?(steps[-_].*|sleep-.*|usersleeps_.*)\\.(json|csv)");

  private static final Pattern EMPTY_LIST = Pattern.compile("\\s*\\[\\s*\\]\\s*");

  @Override
  public String description() {
    return utc
        ? "the same with step times in UTC"
        : "Fitbit or Google Health: the zip of Takeout, or one of steps-*.json, sleep-*.json,"
            + " steps_*.csv, UserSleeps_*.csv";
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.isZip()
        ? head.hasEntry(path -> PART.matcher(path).matches())
        : FitbitKind.of(head).isPresent();
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    FileHead head = file.head();
    if (!head.isZip()) {
      FitbitKind kind = FitbitKind.of(head).orElseThrow(FitbitFile::unusable);
      FitbitSurvey.of(kind, file::open).refuseWhatIsNoSteps();
    }
    return new Origin("Fitbit import", Origin.Times.LOCAL, Origin.Unit.G, Placement.WRIST);
  }

  @Override
  public void read(InputFile file, Function<Instant, ZoneId> zone, ExportTaker taker)
      throws IOException {
    SleepWatch watch = new SleepWatch(taker);
    if (!file.head().isZip()) {
      part(
          FitbitKind.of(file.head()).orElseThrow(FitbitFile::unusable),
          "",
          file::open,
          zone,
          watch);
      return;
    }
    try (ZipEntries entries = ZipEntries.open(file)) {
      List<ZipEntry> parts = entries.all(path -> PART.matcher(path).matches());
      entries.expect(parts);
      GoogleDays google = new GoogleDays(zone, watch);
      readSteps(
          entries,
          parts,
          zone,
          kind -> google.adding(isGoogles(kind), kind == FitbitKind.STEPS_JSON && !utc));
      for (ZipEntry entry : parts) {
        FileHead head = entries.head(entry);
        Optional<FitbitKind> kind = FitbitKind.of(head);
        if (kind.isEmpty() && !isEmptyList(head)) {
          watch.refused(name(entry), "nothing of Fitbit's steps or sleep was found in this file");
        } else if (kind.isPresent() && kind.get() == FitbitKind.SLEEP_DAYS) {
          watch.refused(name(entry), FitbitSurvey.NOT_FROM_WHEN_TO_WHEN);
        } else if (kind.isPresent() && kind.get().isSleep()) {
          // Before steps, so that those can be seen to fall into it.
          part(entries, entry, kind.get(), zone, watch);
        }
      }
      readSteps(entries, parts, zone, kind -> google.choosing(isGoogles(kind)));
      google.finish();
    }
    if (!utc) {
      watch.finish();
    }
  }

  /** Reads all steps of an archive. */
  private void readSteps(
      ZipEntries entries,
      List<ZipEntry> parts,
      Function<Instant, ZoneId> zone,
      Function<FitbitKind, ExportTaker> takerFor)
      throws IOException {
    for (ZipEntry entry : parts) {
      Optional<FitbitKind> kind = FitbitKind.of(entries.head(entry));
      if (kind.isPresent() && kind.get().isSteps()) {
        part(entries, entry, kind.get(), zone, takerFor.apply(kind.get()));
      }
    }
  }

  /** Of a month in which the watch lay in a drawer. */
  private static boolean isEmptyList(FileHead head) {
    return EMPTY_LIST.matcher(String.join("\n", head.lines())).matches();
  }

  private static String name(ZipEntry entry) {
    return entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
  }

  private static boolean isGoogles(FitbitKind kind) {
    return kind == FitbitKind.STEPS_CSV;
  }

  private void part(
      ZipEntries entries,
      ZipEntry entry,
      FitbitKind kind,
      Function<Instant, ZoneId> zone,
      ExportTaker taker)
      throws IOException {
    part(kind, name(entry) + " ", () -> entries.open(entry), zone, taker);
  }

  private void part(
      FitbitKind kind,
      String where,
      Opener opener,
      Function<Instant, ZoneId> zone,
      ExportTaker taker)
      throws IOException {
    boolean inUtc = utc && kind == FitbitKind.STEPS_JSON;
    FitbitSurvey survey =
        kind.isResearch() || kind == FitbitKind.STEPS_CSV
            ? FitbitSurvey.of(kind, opener)
            : FitbitSurvey.NONE;
    LocalTimes times = new LocalTimes(inUtc ? at -> ZoneOffset.UTC : zone, survey.dayFirst());
    try (InputStream in = opener.open()) {
      if (kind.isJson()) {
        new FitbitJson(where, times, taker).read(in, kind);
      } else {
        new FitbitRows(where, times, survey.stepSeconds(), taker).read(in, kind);
      }
    }
  }

  private static UnusableFile unusable() {
    return new UnusableFile("nothing of Fitbit's steps or sleep was found in it");
  }

  /** Opens a part of the file, from its beginning each time. */
  interface Opener {
    InputStream open() throws IOException;
  }

  /** Passes everything on, and counts the steps that were taken asleep. */
  private static final class SleepWatch implements ExportTaker {
    private static final double UNLIKELY = 0.2;

    /** More nights than anybody sleeps through. */
    private static final int MOST_SLEEPS = 100_000;

    private final ExportTaker taker;

    /** Ends of the sleeps by their starts; what touches is one. */
    private final NavigableMap<Instant, Instant> sleeps = new TreeMap<>();

    private long steps;
    private long asleep;

    SleepWatch(ExportTaker taker) {
      this.taker = taker;
    }

    @Override
    public void steps(String path, int rows, int count, Instant from, Instant to) {
      steps += count;
      Map.Entry<Instant, Instant> sleep = sleeps.floorEntry(from);
      if (sleep != null && from.isBefore(sleep.getValue())) {
        asleep += count;
      }
      taker.steps(path, rows, count, from, to);
    }

    @Override
    public void posture(String path, int rows, Posture posture, Instant from, Instant to) {
      addSleep(from, to);
      taker.posture(path, rows, posture, from, to);
    }

    private void addSleep(Instant from, Instant to) {
      Instant start = from;
      Instant end = to;
      Map.Entry<Instant, Instant> before = sleeps.floorEntry(end);
      while (before != null && !before.getValue().isBefore(from)) {
        sleeps.remove(before.getKey());
        start = start.isBefore(before.getKey()) ? start : before.getKey();
        end = end.isAfter(before.getValue()) ? end : before.getValue();
        before = sleeps.floorEntry(end);
      }
      if (sleeps.size() < MOST_SLEEPS) {
        sleeps.put(start, end);
      }
    }

    @Override
    public void ignored(int rows) {
      taker.ignored(rows);
    }

    @Override
    public void refused(String path, String reason) {
      taker.refused(path, reason);
    }

    @Override
    public void note(String sentence) {
      taker.note(sentence);
    }

    void finish() {
      if (steps > 0 && asleep > UNLIKELY * steps) {
        taker.note(
            "%d %% of the steps fall into sleep; the step times may be in UTC: --format fitbit-utc reads them so"
                .formatted(100 * asleep / steps));
      }
    }
  }
}
