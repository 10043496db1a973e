package io.lumbar.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lumbar.app.cli.Main;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a stranger plays it, to its end, beside settings that are meant for real people. */
class DemoIT {
  private static final Duration PLAYED = Duration.ofMinutes(4);
  private static final Pattern PAGE = Pattern.compile("The page, signed in once more: (\\S+)");
  private static final Pattern REPORT = Pattern.compile("A morning report, after that: (\\S+)");
  private static final Pattern OFFICE = Pattern.compile("Olivia .* alerts (\\d+)");
  @TempDir Path temporary;

  @Test
  void endsWithAPageAndAReportThatOpenAndTouchesNoRealStore() throws Exception {
    Path output = temporary.resolve("output.txt");
    List<String> command = LumbarProcess.javaCommand(List.of("-Xmx512m"));
    command.addAll(
        List.of(Main.class.getName(), "demo", "--data", temporary.resolve("data").toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("LUMBAR_HTTP_PORT", "0");
    // Nothing listens there: the demo would not start if it heeded these.
    builder.environment().put("LUMBAR_INFLUX_URL", "http://127.0.0.1:1");
    builder.environment().put("LUMBAR_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    Process demo = builder.start();
    try {
      await()
          .atMost(PLAYED)
          .until(
              () ->
                  !demo.isAlive() || Files.readString(output).contains("It goes on until Ctrl-C"));
      String text = Files.readString(output);
      assertThat(demo.isAlive()).as(text).isTrue();
      assertThat(Integer.parseInt(found(OFFICE, text))).isPositive();

      HttpClient browser =
          HttpClient.newBuilder()
              .cookieHandler(new CookieManager())
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build();
      assertThat(status(browser, found(PAGE, text))).isEqualTo(200);
      assertThat(status(browser, found(REPORT, text))).isEqualTo(200);

      new ProcessBuilder("kill", "-INT", Long.toString(demo.pid())).inheritIO().start().waitFor();
      assertThat(demo.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(demo.exitValue()).isEqualTo(130);

      LumbarProcess.Ended again =
          LumbarProcess.run(Map.of(), "demo", "--data", temporary.resolve("data").toString());
      assertThat(again.code()).isEqualTo(1);
      assertThat(again.err()).contains("holds data already");
    } finally {
      demo.destroyForcibly();
    }
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group(1);
  }

  private static int status(HttpClient browser, String url) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html").build();
    return browser.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}
