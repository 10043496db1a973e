package io.lumbar.ingest;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.healthautoexport.HealthAutoExport;
import io.lumbar.ingest.format.healthconnect.HealthConnect;
import io.lumbar.ingest.format.homeassistant.HomeAssistant;
import io.lumbar.ingest.format.lineprotocol.LineProtocol;
import io.lumbar.ingest.format.openmhealth.OpenMHealth;
import io.lumbar.ingest.format.owntracks.OwnTracks;
import io.lumbar.ingest.format.sensorlogger.SensorLogger;
import io.lumbar.ingest.format.traccar.TraccarClient;
import java.util.List;

/** The clients whose own formats are read. */
final class Formats {
  private Formats() {}

  static List<Adapter> all() {
    return List.of(
        new SensorLogger(),
        new HealthAutoExport(),
        new HealthConnect(),
        new OpenMHealth(),
        new OwnTracks(),
        new TraccarClient(),
        new HomeAssistant(),
        new LineProtocol());
  }
}
