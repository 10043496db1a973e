package io.lumbar.ingest;

import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** Reads a file as an import reads it, without a server and for nobody in particular. */
public final class RecordingFile {
  private RecordingFile() {}

  /** Takes what is in a file, in its order. */
  public interface Taker {

    /** A posture, steps, or something else that a device reported. */
    default void observation(Observation observation) {}

    /** Samples. */
    default void motion(MotionBatch batch) {}

    /** A part of the file that could not be read. */
    default void refused(String path, String reason) {}
  }

  /**
   * Reads a file to its end.
   *
   * @param zone the zone of times that have none
   * @throws IOException when the file cannot be read
   * @throws io.lumbar.http.ApiException when its content is of no known format
   */
  public static void read(Path file, ZoneId zone, Taker taker) throws IOException {
    InputFile input = new InputFile(file, Long.MAX_VALUE);
    ImportFormat format = ImportFormats.of(input.head(), "");
    Origin origin = format.origin(input);
    WearerId nobody = new WearerId("w_file");
    Wearer wearer =
        new Wearer(
            nobody,
            "file",
            "",
            List.of(new Wearer.ZoneFrom(zone, Instant.EPOCH)),
            WearerSettings.defaults());
    Placement placement = origin.placement() == null ? Placement.ESTIMATED : origin.placement();
    Device device = new Device(new DeviceId("d_file"), origin.device(), nobody, placement, "");
    format.read(input, new Source(wearer, device, zone, "file"), null, new Passing(taker));
  }

  private record Passing(Taker taker) implements ImportSink {

    @Override
    public void take(Element element) {
      if (element instanceof Element.Reading reading) {
        taker.observation(reading.observation());
      } else if (element instanceof Element.Motion motion) {
        taker.motion(motion.batch());
      } else if (element instanceof Element.Refused refused) {
        taker.refused(refused.path(), refused.reason());
      }
    }

    @Override
    public void note(String sentence) {}
  }
}
