package io.lumbar.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** The page on paper and on a narrow phone, as a real browser lays it out. */
class ReportPrintIT {
  @TempDir static Path folder;
  private static ChromeDriver browser;

  @BeforeAll
  static void openBrowser() {
    browser = HeadlessChromium.open(folder);
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
  void printsToOneOrTwoSheets(String name) throws IOException {
    open(name);
    Map<String, Object> printed =
        browser.executeCdpCommand(
            "Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true));
    byte[] pdf = Base64.getDecoder().decode(String.valueOf(printed.get("data")));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isBetween(1, 2);
      String text =
          new PDFTextStripper().getText(document).replace('\u00a0', ' ').replaceAll("\\s+", " ");
      assertThat(text).contains("1. Start as it is easy for you");
      if (name.equals("own-machine")) {
        assertThat(text).contains("Side reach, hold 20 s").doesNotContain("localhost");
      } else {
        assertThat(text.replace(" ", "")).contains("Startit,stepbystep:" + Scene.GUIDE);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void fitsTheNarrowestPhones(String name) throws IOException {
    browser.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", 360, "height", 800, "deviceScaleFactor", 1, "mobile", true));
    open(name);
    Object beyond =
        browser.executeScript(
            "return [...document.querySelectorAll('main *')].filter(e =>"
                + " e.getBoundingClientRect().right > 360.5).map(e => e.outerHTML.slice(0,"
                + " 80)).join('\\n') + (document.documentElement.scrollWidth > 360 ? ' wide' :"
                + " '')");
    assertThat(beyond).isEqualTo("");
  }

  private static void open(String name) throws IOException {
    Path page = folder.resolve(name + ".html");
    Files.writeString(
        page, ReportFormat.HTML.write(Scenes.all().get(name).report(), Optional.empty()));
    browser.get(page.toUri().toString());
  }
}
