package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, it is either read or refused in a sentence, and what is read can be
 * written.
 */
class ImportFuzzTest {
  private static final int INPUTS = Integer.getInteger("lumbar.fuzz.inputs", 20_000) / 5;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  @TempDir Path folder;

  /** The first input of each place that broke. */
  private final Map<String, String> broken = new TreeMap<>();

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void nothingInAFileBreaksAnImport() throws Exception {
    Map<String, byte[]> files = WholeFiles.all(folder);
    Map<String, Integer> read = new TreeMap<>();
    Path file = folder.resolve("file");
    Cost cost = new Cost();
    for (Map.Entry<String, byte[]> whole : files.entrySet()) {
      assertThat(isRead(file, whole.getKey(), whole.getValue(), 0)).as(whole.getKey()).isTrue();
      for (int i = 0; i < INPUTS / files.size(); i++) {
        long seed = 31L * whole.getKey().hashCode() + i;
        byte[] wounded = Mutator.broken(whole.getValue(), new SplittableRandom(seed));
        if (cost.of(() -> isRead(file, whole.getKey(), wounded, seed), whole.getKey(), seed)) {
          read.merge(whole.getKey(), 1, Integer::sum);
        }
      }
      cost.look();
    }
    assertThat(broken).isEmpty();
    cost.assertBounded();
    // A mutator that only makes rubbish would test nothing behind the sniffer.
    assertThat(read.keySet()).isEqualTo(files.keySet());
  }

  private boolean isRead(Path file, String name, byte[] content, long seed) throws IOException {
    Files.write(file, content);
    try {
      RecordingFile.read(file, LONDON, new Writable());
      return true;
    } catch (ApiException e) {
      assertThat(e.status()).isEqualTo(415);
      return false;
    } catch (UnusableFile e) {
      assertThat(e.getMessage()).isNotBlank();
      return false;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      StackTraceElement where = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
      broken.putIfAbsent(e + " at " + where, "%s, seed %d: %s".formatted(name, seed, trace(e)));
      return false;
    }
  }

  private static String trace(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .limit(6)
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(" < "));
  }

  private static final class Writable implements RecordingFile.Taker {
    @Override
    public void observation(Observation observation) {
      new ObservationBytes().of(observation);
    }

    @Override
    public void motion(MotionBatch batch) {
      MotionCodec.encode(batch);
    }
  }
}
