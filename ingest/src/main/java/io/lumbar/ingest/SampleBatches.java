package io.lumbar.ingest;

import io.lumbar.ingest.format.MotionUnit;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.SampleTaker;
import io.lumbar.ingest.recording.UnusableFile;
import io.lumbar.model.MotionBatch;
import java.time.Instant;
import java.util.Arrays;

/**
 * Cuts a file's samples into batches of at most a minute. The same file always gives the same
 * batches, so that importing it again adds nothing.
 *
 * <p>A batch also ends where the file says that something is missing, where a sample lies more than
 * ten seconds behind the one before, and where the clock goes back.
 */
final class SampleBatches implements SampleTaker {
  private static final int MOST_SAMPLES = 12_000;
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final long LONGEST_STEP_NANOS = 10_000_000_000L;

  /** A median of fewer samples may miss. */
  private static final int ENOUGH_FOR_THE_UNIT = 50;

  private final Source source;
  private final ImportSink sink;
  private final int[] micros = new int[MOST_SAMPLES];
  private final float[] x = new float[MOST_SAMPLES];
  private final float[] y = new float[MOST_SAMPLES];
  private final float[] z = new float[MOST_SAMPLES];
  private final Origin.Unit unit;
  private double perG;
  private int size;
  private int parts;
  private long start;
  private long last;
  private long before;
  private boolean given;
  private boolean inOtherUnit;

  SampleBatches(Source source, Origin.Unit unit, ImportSink sink) {
    this.source = source;
    this.sink = sink;
    this.unit = unit;
  }

  @Override
  public void sample(long nanos, float ax, float ay, float az) {
    if (size > 0) {
      long step = nanos - last;
      boolean ends =
          size == MOST_SAMPLES
              || step < 0
              || step > LONGEST_STEP_NANOS
              || nanos - start >= LONGEST_NANOS;
      if (ends) {
        cut();
      }
    }
    if (size == 0) {
      start = nanos;
    }
    micros[size] = (int) ((nanos - start) / 1_000);
    x[size] = ax;
    y[size] = ay;
    z[size] = az;
    size++;
    last = nanos;
  }

  @Override
  public void gap() {
    cut();
  }

  @Override
  public void parts(int count) {
    parts += count;
  }

  @Override
  public void ignored(int count) {
    sink.take(new Element.Ignored(count));
  }

  @Override
  public void refused(String path, String reason) {
    sink.take(new Element.Refused(path, reason, null));
  }

  @Override
  public void note(String sentence) {
    sink.note(sentence);
  }

  /**
   * Passes on what is left.
   *
   * @throws UnusableFile when nothing in the file was near 1 g
   */
  void finish() throws UnusableFile {
    cut();
    if (before > 0 && !given) {
      throw new UnusableFile(fault());
    }
    if (parts > 0) {
      sink.take(new Element.Ignored(parts));
      parts = 0;
    }
  }

  private void cut() {
    if (size == 0) {
      return;
    }
    double scale = unit == Origin.Unit.G ? 1 : unitOfThisBatch();
    if (Double.isNaN(scale)) {
      for (int i = 0; i < parts; i++) {
        sink.take(new Element.Refused("sample " + before, fault(), null));
      }
    } else {
      given = true;
      sink.take(new Element.Motion("sample " + before, parts, batch((float) (1 / scale))));
    }
    before += size;
    parts = 0;
    size = 0;
  }

  private double unitOfThisBatch() {
    inOtherUnit = false;
    if (perG != 0 && size < ENOUGH_FOR_THE_UNIT) {
      return perG;
    }
    double known = perG == 0 && unit == Origin.Unit.G_BY_RULE ? 1 : perG;
    double found = MotionUnit.perG(x, y, z, size);
    if (known != 0 && !MotionUnit.fits(x, y, z, size, known)) {
      inOtherUnit = unit == Origin.Unit.G_BY_RULE && found == MotionUnit.G;
      return Double.NaN;
    }
    if (perG == 0 && !Double.isNaN(found) && size >= ENOUGH_FOR_THE_UNIT) {
      perG = found;
      if (found != 1) {
        sink.note("the values are in m/s2 and were converted to g");
      }
    }
    return known != 0 ? known : found;
  }

  private String fault() {
    return inOtherUnit
        ? "unit: the middle magnitude is near 9.8, as in m/s2, and this format is in g; where m/s2 is"
            + " meant, say --format phone-csv"
        : MotionUnit.fault();
  }

  private MotionBatch batch(float scale) {
    float[] gx = Arrays.copyOf(x, size);
    float[] gy = Arrays.copyOf(y, size);
    float[] gz = Arrays.copyOf(z, size);
    if (scale != 1) {
      for (int i = 0; i < size; i++) {
        gx[i] *= scale;
        gy[i] *= scale;
        gz[i] *= scale;
      }
    }
    Instant at = Instant.ofEpochSecond(0, start);
    return new MotionBatch(source.stampAt(at), start, Arrays.copyOf(micros, size), gx, gy, gz);
  }
}
