package io.lumbar.ingest;

import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.healthautoexport.HealthAutoExport;
import io.lumbar.ingest.format.healthconnect.HealthConnect;
import io.lumbar.ingest.format.homeassistant.HomeAssistant;
import io.lumbar.ingest.format.lineprotocol.LineProtocol;
import io.lumbar.ingest.format.openmhealth.OpenMHealth;
import io.lumbar.ingest.format.owntracks.OwnTracks;
import io.lumbar.ingest.format.ruuvi.Ruuvi;
import io.lumbar.ingest.format.sensorlogger.SensorLogger;
import io.lumbar.ingest.format.traccar.TraccarClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The clients whose own formats are read, and the names under which uploads are counted. */
final class Formats {
  /** Native observations. */
  static final String OBSERVATIONS = "observations";

  /** Native raw motion. */
  static final String MOTION = "motion";

  /** Messages that name a format which there is not. */
  static final String OTHER = "other";

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
        new LineProtocol(),
        new Ruuvi());
  }

  /** Everything that is uploaded or imported is counted under one of these. */
  static Set<String> counted() {
    Set<String> names = new TreeSet<>(Set.of(OBSERVATIONS, MOTION, OTHER));
    all().forEach(adapter -> names.add(adapter.format()));
    names.addAll(ImportFormats.ids());
    return names;
  }
}
