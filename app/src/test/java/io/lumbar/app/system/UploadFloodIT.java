package io.lumbar.app.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One token that sends at once what is small on its way and large in memory, to a process with the
 * memory that the launcher gives it.
 */
class UploadFloodIT {
  private static final int AT_ONCE = 32;
  private static final int LARGEST = 8 << 20;

  @TempDir Path scratch;

  @Test
  void oneTokenDoesNotFillTheMemory() throws Exception {
    // Without limits of pace: what is held is to be bounded by itself.
    Map<String, String> unhurried =
        Map.of(
            "LUMBAR_LIMITS_DEVICE_REQUESTS_PER_MINUTE", "120000",
            "LUMBAR_LIMITS_DEVICE_MEGABYTES_PER_MINUTE", "1000000",
            "LUMBAR_LIMITS_MEGABYTES_PER_MINUTE", "1000000",
            "JAVA_TOOL_OPTIONS", "-XX:+ExitOnOutOfMemoryError");
    ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE);
    try (LumbarProcess lumbar = LumbarProcess.up(scratch.resolve("data"), unhurried)) {
      Api api = lumbar.with(lumbar.owner().addWearer("ann", "Europe/London").token());
      Set<Integer> statuses = new TreeSet<>();
      for (byte[] body : List.of(new byte[LARGEST], emptyElements(), sittings())) {
        byte[] packed = gzip(body);
        Callable<Integer> upload = () -> upload(api, packed);
        for (Future<Integer> each :
            senders.invokeAll(IntStream.range(0, 2 * AT_ONCE).mapToObj(i -> upload).toList())) {
          statuses.add(each.get());
        }
        // On a machine that stalls none of the crowd may get its turn in time.
        statuses.add(upload(api, packed));
        assertThat(lumbar.owner().get("/health").status()).isEqualTo(200);
      }
      assertThat(statuses).isSubsetOf(200, 400, 413, 503).contains(400, 503);
      assertThat(api.upload(List.of(Sending.change("standing", Instant.now(), "PT1H"))).status())
          .isEqualTo(200);
    } finally {
      senders.shutdownNow();
    }
  }

  private static int upload(Api api, byte[] packed) throws IOException, InterruptedException {
    HttpRequest request =
        api.request("/api/v1/observations")
            .header("Content-Type", "application/json")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(packed))
            .build();
    return Api.http().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private static byte[] emptyElements() {
    return ("[" + "{},".repeat(199_999) + "{}]").getBytes(UTF_8);
  }

  /** As many as an upload may hold. */
  private static byte[] sittings() {
    Instant from = Instant.now().minusSeconds(100_000);
    return IntStream.range(0, 70_000)
        .mapToObj(
            i ->
                "{\"kind\":\"posture\",\"posture\":\"sitting\",\"from\":\"%s\",\"to\":\"%s\"}"
                    .formatted(from.plusSeconds(i), from.plusSeconds(i + 1)))
        .collect(Collectors.joining(",", "[", "]"))
        .getBytes(UTF_8);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
