package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * How every morning looks on a phone and on a desktop, by day and by night, against pictures of the
 * same that somebody has looked at. {@code -Dgolden.update=true} makes those anew, and always puts
 * the full pictures into {@code target/report-pictures}; then look at them.
 *
 * <p>Fonts differ between machines, so the pages are drawn in the one that comes with the PDF
 * library, and blocks of ten pixels are compared instead of pixels.
 */
class ReportPicturesIT {
  private static final Path GOLDEN = Path.of("src/test/resources/io/lumbar/reports/pictures");
  private static final Path SEEN = Path.of("target/report-pictures");
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  @TempDir static Path folder;
  private static ChromeDriver browser;
  private static String font;

  private record View(String name, int width, String scheme) {
    @Override
    public String toString() {
      return name + "-" + scheme;
    }
  }

  private static final List<View> VIEWS =
      List.of(
          new View("phone", 390, "light"),
          new View("phone", 390, "dark"),
          new View("desktop", 1280, "light"),
          new View("desktop", 1280, "dark"));

  @BeforeAll
  static void openBrowser() throws IOException {
    browser = HeadlessChromium.open(folder);
    try (InputStream in =
        Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
      font = Base64.getEncoder().encodeToString(in.readAllBytes());
    }
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.quit();
    }
  }

  static Stream<String> scenes() {
    return Scenes.all().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void lookAsTheyDid(String name) throws IOException {
    String html = html(name);
    for (View view : VIEWS) {
      byte[] png = picture(html, view);
      Blocks blocks = Blocks.of(png);
      Files.createDirectories(SEEN);
      Files.write(SEEN.resolve(name + "-" + view + ".png"), png);
      Path golden = GOLDEN.resolve(name + "-" + view + ".png");
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(GOLDEN);
        Files.write(golden, blocks.png());
      }
      assertThat(blocks.differenceFrom(Blocks.stored(Files.readAllBytes(golden))))
          .as("%s, %s", name, view)
          .isEmpty();
    }
  }

  @Test
  void aChangeThatAPersonSeesIsSeen() throws IOException {
    String html = html("restless-night");
    View view = VIEWS.get(0);
    Blocks before = Blocks.of(picture(html, view));
    assertThat(Blocks.of(picture(html, view)).differenceFrom(before)).isEmpty();
    for (String change :
        List.of(
            ".p-sitting { fill: none; }",
            ".s-prone { visibility: hidden; }",
            "h2 { display: none; }",
            ".tiles dd { visibility: hidden; }",
            ".spark .line { stroke: none; }")) {
      Blocks after = Blocks.of(picture(html.replace("</style>", change + "</style>"), view));
      assertThat(after.differenceFrom(before)).as(change).isNotEmpty();
    }
    assertThat(Blocks.of(picture(html("good-day"), view)).differenceFrom(before)).isNotEmpty();
  }

  private static String html(String name) {
    return ReportFormat.HTML
        .write(Scenes.all().get(name).report(), Optional.empty())
        .replace(
            "</style>",
            """
            @font-face { font-family: "one"; src: url("data:font/ttf;base64,%s"); }
            * { font-family: "one" !important; }
            </style>"""
                .formatted(font));
  }

  private static byte[] picture(String html, View view) throws IOException {
    Path page = folder.resolve("page.html");
    Files.writeString(page, html, StandardCharsets.UTF_8);
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", view.width(), "height", 900, "deviceScaleFactor", 1, "mobile", false));
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features", List.of(Map.of("name", "prefers-color-scheme", "value", view.scheme()))));
    browser.get(page.toUri().toString());
    browser.executeAsyncScript(
        "const done = arguments[0]; document.fonts.ready.then(() => done());");
    long height =
        (Long)
            browser.executeScript("return Math.ceil(document.body.getBoundingClientRect().height)");
    Map<String, Object> shot =
        browser.executeCdpCommand(
            "Page.captureScreenshot",
            Map.of(
                "format",
                "png",
                "captureBeyondViewport",
                true,
                "clip",
                Map.of("x", 0, "y", 0, "width", view.width(), "height", height, "scale", 1)));
    return Base64.getDecoder().decode(String.valueOf(shot.get("data")));
  }
}
