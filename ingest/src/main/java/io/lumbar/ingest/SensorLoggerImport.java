package io.lumbar.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.sensorlogger.RecordedReadings;
import io.lumbar.ingest.recording.FileHead;
import io.lumbar.ingest.recording.InputFile;
import io.lumbar.ingest.recording.Origin;
import io.lumbar.ingest.recording.SensorLoggerFile;
import io.lumbar.ingest.recording.SensorLoggerJson;
import io.lumbar.ingest.recording.ZipEntries;
import io.lumbar.model.Axes;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recording of Sensor Logger: its motion, and from a zip or the JSON export also its steps,
 * battery and activity, and the motion of a watch.
 */
record SensorLoggerImport(MotionFile motion) implements ImportFormat {

  SensorLoggerImport() {
    this(new MotionFile(new SensorLoggerFile()));
  }

  @Override
  public String id() {
    return motion.id();
  }

  @Override
  public String description() {
    return motion.description();
  }

  @Override
  public boolean recognises(FileHead head) {
    return SensorLoggerJson.recognises(head) || motion.recognises(head);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    return motion.origin(file);
  }

  @Override
  public void read(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException {
    if (SensorLoggerJson.recognises(file.head())) {
      readJson(file, source, start, sink);
      return;
    }
    boolean ios = source.device().axes() == Axes.IOS;
    boolean isZip = file.head().isZip();
    if (!isZip || SensorLoggerFile.hasPhone(file.head())) {
      new MotionFile(new SensorLoggerFile(ios)).read(file, source, start, sink);
    }
    if (isZip) {
      RecordedReadings.read(file, source, new Passing(sink));
      boolean isTurnedOver;
      try (ZipEntries entries = ZipEntries.open(file)) {
        isTurnedOver = SensorLoggerFile.isTurnedOver(entries, ios);
      }
      RecordedReadings.readWrist(file, source, isTurnedOver, new Passing(sink));
    }
  }

  private void readJson(InputFile file, Source source, @Nullable Instant start, ImportSink sink)
      throws IOException {
    Path beside = file.path().toAbsolutePath().getParent();
    Path unpacked = Files.createTempFile(beside, "sensor-logger", ".part");
    try {
      read(SensorLoggerJson.unpack(file, unpacked), source, start, sink);
    } finally {
      Files.deleteIfExists(unpacked);
    }
  }

  /** Hands on what is found as it is found. */
  private record Passing(ImportSink sink) implements Intake {

    @Override
    public void keep(String path, int count, Observation observation) {
      sink.take(new Element.Reading(path, count, observation));
    }

    @Override
    public void keep(String path, int count, MotionBatch batch) {
      sink.take(new Element.Motion(path, count, batch));
    }

    @Override
    public void keepOnce(String path, MotionBatch batch, Identity identity) {
      sink.take(new Element.Motion(path, 1, batch, identity));
    }

    @Override
    public void refuse(String path, String reason, @Nullable JsonNode element) {
      sink.take(new Element.Refused(path, reason, null));
    }

    @Override
    public void ignore(int count) {
      sink.take(new Element.Ignored(count));
    }

    @Override
    public void hello(String client) {}

    @Override
    public void message(String series, long number, Instant from, Instant to) {}

    @Override
    public void advise(String sentence) {
      sink.note(sentence);
    }
  }
}
