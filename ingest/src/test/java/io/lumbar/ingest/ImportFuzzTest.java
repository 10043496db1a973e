package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.http.ApiException;
import io.lumbar.http.testing.LogListener;
import io.lumbar.ingest.recording.InputFile;
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
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, it is either read or refused in a sentence, and what is read can be
 * written.
 */
class ImportFuzzTest {
  private static final int INPUTS = Integer.getInteger("lumbar.fuzz.inputs", 20_000) / 5;
  private static final ZoneId LONDON = ZoneId.of("Europe/London");

  private static final int ROUNDS = 4;

  @TempDir Path folder;

  /** The first input of each place that broke. */
  private final Map<String, String> broken = new TreeMap<>();

  @Test
  void nothingInAFileBreaksAnImport() throws Exception {
    Map<String, byte[]> files = WholeFiles.all(folder);
    Map<String, Integer> read = new TreeMap<>();
    Path file = folder.resolve("file");
    for (Map.Entry<String, byte[]> whole : files.entrySet()) {
      assertThat(isRead(file, whole.getKey(), whole.getValue(), 0)).as(whole.getKey()).isTrue();
    }
    int each = INPUTS / files.size() / ROUNDS + 1;
    try (Cost cost = new Cost();
        LogListener log = LogListener.listen()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, byte[]> whole : files.entrySet()) {
          String name = whole.getKey();
          for (int i = 0; i < each; i++) {
            long seed = 31L * name.hashCode() + round * each + i;
            byte[] wounded = Mutator.broken(whole.getValue(), new SplittableRandom(seed));
            if (cost.of(() -> isRead(file, name, wounded, seed), wounded.length, name, seed)) {
              read.merge(name, 1, Integer::sum);
            }
          }
        }
        cost.look();
      }
      assertThat(broken).isEmpty();
      cost.assertBounded();
      assertThat(log.complaints()).isEmpty();
    }
    // A mutator that only makes rubbish would test nothing behind the sniffer.
    assertThat(read.keySet()).isEqualTo(files.keySet());
  }

  @Test
  void everyImporterHasAFile() throws Exception {
    Set<String> told = new TreeSet<>();
    for (byte[] content : WholeFiles.all(folder).values()) {
      Path file = Files.write(folder.resolve("file"), content);
      told.add(ImportFormats.of(new InputFile(file, Long.MAX_VALUE).head(), "").id());
    }
    Set<String> all = new TreeSet<>(ImportFormats.ids());
    // Told apart from fitbit by nothing in the file; the person says it.
    all.remove("fitbit-utc");
    assertThat(told).isEqualTo(all);
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
