package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.http.Registry;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.ingest.mqtt.MqttReceiver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages by MQTT, read as the same uploads by HTTP are. Nobody sees the answer, so that a message
 * of which nothing can be read goes to the dead letters.
 */
final class MqttUploads implements MqttReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(MqttUploads.class);
  private static final int UNAVAILABLE = 503;

  private final Registry registry;
  private final Funnel funnel;
  private final NativeUploads nativeUploads;
  private final FormatUploads formatUploads;
  private final int maxBodyBytes;
  private final Map<String, Adapter> adapters =
      Formats.all().stream().collect(Collectors.toMap(Adapter::format, Function.identity()));

  MqttUploads(
      Registry registry,
      Funnel funnel,
      NativeUploads nativeUploads,
      FormatUploads formatUploads,
      int maxBodyBytes) {
    this.registry = registry;
    this.funnel = funnel;
    this.nativeUploads = nativeUploads;
    this.formatUploads = formatUploads;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public Taken take(String device, String format, byte[] payload) {
    Optional<Source> source = source(device, "mqtt " + format);
    if (source.isEmpty()) {
      return Taken.REFUSED;
    }
    try {
      Receipt receipt = keep(source.get(), format, payload);
      return receipt.received() > receipt.rejected().size() ? Taken.KEPT : Taken.REFUSED;
    } catch (ApiException e) {
      if (e.status() == UNAVAILABLE) {
        return Taken.LATER;
      }
      // By FormatUploads, which saw it.
      boolean written = adapters.containsKey(format) && payload.length <= maxBodyBytes;
      return written
          ? Taken.REFUSED
          : unusable(source.get(), format, String.valueOf(e.getMessage()), payload);
    } catch (RuntimeException e) {
      // It is acknowledged and never comes again, so that the dead letter is all that is left.
      LOG.error("an MQTT message of format {} could not be taken", format, e);
      return unusable(source.get(), format, "something went wrong here; the log has it", payload);
    }
  }

  private Receipt keep(Source source, String format, byte[] payload) {
    if (payload.length > maxBodyBytes) {
      throw ApiException.tooLarge("the message is larger than %d bytes".formatted(maxBodyBytes));
    }
    try (ElementCount count = funnel.elementCount(source)) {
      return keep(source, format, payload, count);
    }
  }

  private Receipt keep(Source source, String format, byte[] payload, ElementCount count) {
    return switch (format) {
      case Formats.OBSERVATIONS ->
          nativeUploads.keep(
              source,
              format,
              payload,
              count,
              (body, elements) ->
                  NativeReader.read(body, false, elements, new NativeDraft(source)::read));
      case Formats.MOTION ->
          nativeUploads.keep(
              source, format, payload, count, (body, elements) -> motion(source, body, elements));
      default -> {
        Adapter adapter = adapters.get(format);
        if (adapter == null) {
          throw ApiException.notFound("no format is named so");
        }
        yield formatUploads.take(adapter, source, payload, name -> null, count).receipt();
      }
    };
  }

  /** Binary records begin with their version; JSON cannot begin so. */
  private List<Element> motion(Source source, byte[] payload, ElementCount count) {
    return payload[0] == 1
        ? MotionRecords.read(payload, source, count)
        : NativeReader.read(payload, false, count, new MotionDraft(source)::read);
  }

  private Taken unusable(Source source, String format, String reason, byte[] payload) {
    try {
      String counted = Formats.counted().contains(format) ? format : Formats.OTHER;
      Receipt unused =
          funnel.accept(source, counted, List.of(new Element.Refused("", reason, payload)));
      return Taken.REFUSED;
    } catch (ApiException e) {
      return Taken.LATER;
    }
  }

  private Optional<Source> source(String id, String where) {
    return registry
        .device(id)
        .flatMap(
            device ->
                registry
                    .wearer(device.wearer().value())
                    .map(wearer -> new Source(wearer, device, null, where)));
  }
}
