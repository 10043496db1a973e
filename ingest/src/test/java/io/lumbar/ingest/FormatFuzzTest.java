package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.MotionCodec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever a client sends, an adapter either reads it or says 400, and what it hands over can be
 * written.
 */
class FormatFuzzTest {
  private static final int INPUTS = Integer.getInteger("lumbar.fuzz.inputs", 20_000);

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void nothingThatIsSentBreaksAnAdapter() throws Exception {
    Map<String, Integer> understood = new TreeMap<>();
    Cost cost = new Cost();
    for (Adapter adapter : Formats.all()) {
      for (int i = 0; i < INPUTS / Formats.all().size(); i++) {
        long seed = 31L * adapter.format().hashCode() + i;
        byte[] body = Mutator.broken(adapter.format(), seed);
        if (cost.of(() -> isUnderstood(adapter, body, seed), adapter.format(), seed)) {
          understood.merge(adapter.format(), 1, Integer::sum);
        }
      }
      cost.look();
    }
    cost.assertBounded();
    // A mutator that only makes rubbish would test nothing behind the parser.
    assertThat(understood.keySet()).hasSameSizeAs(Formats.all());
    assertThat(understood.values()).allSatisfy(count -> assertThat(count).isGreaterThan(100));
  }

  private static boolean isUnderstood(Adapter adapter, byte[] body, long seed) {
    Findings findings = new Findings(new ElementCount(200_000));
    try {
      adapter.read(Collected.upload(body), Uploads.SOURCE, findings);
      for (Element element : findings.elements()) {
        if (element instanceof Element.Reading reading) {
          new ObservationBytes().of(reading.observation());
        } else if (element instanceof Element.Motion motion) {
          MotionCodec.encode(motion.batch());
        }
      }
      return true;
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(400);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      return fail(
          "%s, seed %d: %s"
              .formatted(adapter.format(), seed, new String(body, StandardCharsets.UTF_8)),
          e);
    }
  }
}
