package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.ingest.mqtt.MqttReceiver;
import io.lumbar.model.Device;
import io.lumbar.model.Wearer;
import java.util.List;
import java.util.Optional;

/**
 * Messages by MQTT, read as the same uploads by HTTP are. Nobody sees the answer, so that a message
 * of which nothing can be read goes to the dead letters.
 */
final class MqttUploads implements MqttReceiver {
  private static final int UNAVAILABLE = 503;

  private final Registry registry;
  private final Funnel funnel;
  private final int maxBodyBytes;

  MqttUploads(Registry registry, Funnel funnel, int maxBodyBytes) {
    this.registry = registry;
    this.funnel = funnel;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Taken take(String device, String format, byte[] payload) {
    Optional<Source> source = source(device, "mqtt " + format);
    if (source.isEmpty()) {
      return Taken.REFUSED;
    }
    try {
      return keep(source.get(), elements(source.get(), format, payload));
    } catch (ApiException e) {
      if (e.status() == UNAVAILABLE) {
        return Taken.LATER;
      }
      return unusable(source.get(), String.valueOf(e.getMessage()), payload);
    }
  }

  private List<Element> elements(Source source, String format, byte[] payload) {
    if (payload.length > maxBodyBytes) {
      throw ApiException.tooLarge("the message is larger than %d bytes".formatted(maxBodyBytes));
    }
    return switch (format) {
      case "observations" -> NativeReader.read(payload, false, new NativeDraft(source)::read);
      case "motion" ->
          payload.length > 0 && payload[0] == 1
              ? MotionRecords.read(payload, source)
              : NativeReader.read(payload, false, new MotionDraft(source)::read);
      case "sensor-logger" -> SensorLoggerReader.read(payload, source).elements();
      default -> throw ApiException.notFound("no format is named so");
    };
  }

  private Taken keep(Source source, List<Element> elements) {
    Receipt receipt = funnel.accept(source, elements);
    return receipt.received() > receipt.rejected().size() ? Taken.KEPT : Taken.REFUSED;
  }

  private Taken unusable(Source source, String reason, byte[] payload) {
    try {
      keep(source, List.of(new Element.Refused("", reason, payload)));
      return Taken.REFUSED;
    } catch (ApiException e) {
      return Taken.LATER;
    }
  }

  private Optional<Source> source(String id, String where) {
    for (Wearer wearer : registry.wearers()) {
      for (Device device : registry.devicesOf(wearer.id())) {
        if (device.id().value().equals(id)) {
          return Optional.of(new Source(wearer, device, null, where));
        }
      }
    }
    return Optional.empty();
  }
}
