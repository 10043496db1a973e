package io.lumbar.alerts;

import io.lumbar.alerts.AlertInput.SettingsChanged;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.model.WearerSettings;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps each wearer's settings and zones for the policy, and neither the name nor how they are
 * reached, which stay in the registry. A wearer who was erased leaves nothing behind but the id, so
 * that what still comes of them is refused.
 *
 * <p>A change is passed on, of the zone too, because what the old settings or the hours of the old
 * zone hold back may be due under the new ones.
 */
final class SettingsProcessor implements Processor<String, Wearer, String, AlertInput> {
  private ProcessorContext<String, AlertInput> context;
  private KeyValueStore<String, WearerSettings> settings;
  private KeyValueStore<String, Whereabouts> zones;
  private AlertStates states;
  private KeyValueStore<String, Long> erased;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
  SettingsProcessor() {}

  @Override
  public void init(ProcessorContext<String, AlertInput> processorContext) {
    context = processorContext;
    settings = context.getStateStore(AlertsTopology.SETTINGS_STORE);
    zones = context.getStateStore(AlertsTopology.ZONES_STORE);
    states = new AlertStates(context);
    erased = context.getStateStore(AlertsTopology.ERASED_STORE);
  }

  @Override
  public void process(Record<String, Wearer> record) {
    if (record.value() == null) {
      settings.delete(record.key());
      zones.delete(record.key());
      states.delete(record.key());
      erased.put(record.key(), record.timestamp());
    } else if (erased.get(record.key()) == null) {
      WearerSettings own = record.value().settings();
      WearerSettings kept = own.withAlerts(own.alerts().withChannels(List.of())).withReports(null);
      WearerSettings before = settings.get(record.key());
      settings.put(record.key(), kept);
      List<Wearer.ZoneFrom> all = record.value().zones();
      // Who stays at home is where the episodes are, which an import may have from elsewhere.
      Whereabouts here = all.size() > 1 ? new Whereabouts(all) : null;
      boolean moved = !Objects.equals(zones.get(record.key()), here);
      zones.put(record.key(), here);
      if (before != null && (moved || !before.equals(kept))) {
        context.forward(
            record.withValue(new SettingsChanged(new WearerId(record.key()))),
            AlertsTopology.POLICY);
      }
    }
  }
}
