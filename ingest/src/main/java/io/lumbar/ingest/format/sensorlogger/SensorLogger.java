package io.lumbar.ingest.format.sensorlogger;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.Upload;

/** Messages of the app Sensor Logger, which it pushes while it records and never sends again. */
public final class SensorLogger implements Adapter {

  @Override
  public String format() {
    return "sensor-logger";
  }

  @Override
  public Answer answer() {
    return Answer.SHOWN;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    MessageReader.read(upload, sender, intake);
  }
}
