package io.lumbar.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.lumbar.http.ApiException;
import io.lumbar.http.testing.LogListener;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Collected;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.MotionCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever a client sends, its format's reader either understands it or says 400, and what it hands
 * over can be written.
 */
class FormatFuzzTest {
  private static final int INPUTS = Integer.getInteger("lumbar.fuzz.inputs", 20_000);
  private static final int MOST_ELEMENTS = 200_000;

  /** Memory is looked at after each; what is held from the first one on is there at the last. */
  private static final int ROUNDS = 4;

  /** Reads a body of one format. */
  private record Reader(String format, Whole whole, Reading reading) {

    /** A body that nothing is wrong with. */
    interface Whole {
      byte[] number(int number);
    }

    interface Reading {
      List<Element> of(byte[] body);
    }

    static Reader of(Adapter adapter) {
      return new Reader(
          adapter.format(),
          number -> Mutator.whole(adapter.format(), number),
          body -> {
            Findings findings = new Findings(new ElementCount(MOST_ELEMENTS));
            adapter.read(Collected.upload(body), Uploads.SOURCE, findings);
            return findings.elements();
          });
    }

    byte[] broken(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      return Mutator.broken(whole.number(random.nextInt(100)), random);
    }
  }

  private static List<Reader> readers() {
    List<Reader> readers = new ArrayList<>();
    Formats.all().forEach(adapter -> readers.add(Reader.of(adapter)));
    readers.add(
        new Reader(
            Formats.OBSERVATIONS,
            number -> WholeUploads.OBSERVATIONS.getBytes(UTF_8),
            body ->
                NativeReader.read(
                    body,
                    false,
                    new ElementCount(MOST_ELEMENTS),
                    new NativeDraft(Uploads.SOURCE)::read)));
    readers.add(
        new Reader(
            Formats.MOTION,
            number -> WholeUploads.MOTION.getBytes(UTF_8),
            body ->
                NativeReader.read(
                    body,
                    false,
                    new ElementCount(MOST_ELEMENTS),
                    new MotionDraft(Uploads.SOURCE)::read)));
    readers.add(
        new Reader(
            "motion records",
            number -> WholeUploads.motionRecords(),
            body -> MotionRecords.read(body, Uploads.SOURCE, new ElementCount(MOST_ELEMENTS))));
    return readers;
  }

  @Test
  void nothingThatIsSentBreaksAReader() throws Exception {
    List<Reader> readers = readers();
    Map<String, Integer> understood = new TreeMap<>();
    int each = INPUTS / readers.size() / ROUNDS + 1;
    try (Cost cost = new Cost();
        LogListener log = LogListener.listen()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (Reader reader : readers) {
          for (int i = 0; i < each; i++) {
            long seed = 31L * reader.format().hashCode() + round * each + i;
            byte[] body = reader.broken(seed);
            if (cost.of(
                () -> isUnderstood(reader, body, seed), body.length, reader.format(), seed)) {
              understood.merge(reader.format(), 1, Integer::sum);
            }
          }
        }
        cost.look();
      }
      cost.assertBounded();
      assertThat(log.complaints()).isEmpty();
    }
    // A mutator that only makes rubbish would test nothing behind the parser.
    assertThat(understood.keySet()).hasSameSizeAs(readers);
    int floor = each * ROUNDS / 50;
    assertThat(understood.values()).allSatisfy(count -> assertThat(count).isGreaterThan(floor));
  }

  private static boolean isUnderstood(Reader reader, byte[] body, long seed) {
    try {
      for (Element element : reader.reading().of(body)) {
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
      return fail("%s, seed %d: %s".formatted(reader.format(), seed, new String(body, UTF_8)), e);
    }
  }
}
