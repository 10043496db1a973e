package io.lumbar.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import io.lumbar.model.WearerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an adapter handed over, for its test. */
public final class Collected implements Intake {
  public static final ZoneId LONDON = ZoneId.of("Europe/London");
  public static final Device DEVICE =
      new Device(
          new DeviceId("d_1"), "phone", new WearerId("w_1"), Placement.WRIST, "1".repeat(64));
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  public static final Sender SENDER =
      new Sender() {
        @Override
        public Device device() {
          return DEVICE;
        }

        @Override
        public Stamp stampAt(Instant instant) {
          return new Stamp(DEVICE.id(), DEVICE.placement(), LONDON);
        }
      };

  public final List<Observation> observations = new ArrayList<>();
  public final List<MotionBatch> motion = new ArrayList<>();
  public final List<String> refused = new ArrayList<>();
  public final List<String> kept = new ArrayList<>();
  public final List<String> identities = new ArrayList<>();
  public final List<String> messages = new ArrayList<>();
  public int counted;
  public int ignored;
  public @Nullable String greeting;
  public @Nullable String advice;

  /** The address of {@link #SENDER}'s own tag. */
  public static final String TAG = "C45A00123456";

  /** An upload of a client that hears {@link #TAG} among others. */
  public static Upload upload(byte[] body) {
    return new Upload(
        body,
        NOW,
        name -> null,
        mac -> mac.equals(TAG) ? SENDER : null,
        new ElementCount(Integer.MAX_VALUE));
  }

  /** Reads a body whose quotes are single ones. */
  public static Collected of(Adapter adapter, String body) {
    return of(adapter, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /** Reads a body with what the client said beside it. */
  public static Collected of(Adapter adapter, byte[] body, Map<String, String> hints) {
    Collected collected = new Collected();
    adapter.read(new Upload(body, NOW, hints::get), SENDER, collected);
    return collected;
  }

  /** A file of the test's own, beside the test. */
  public static byte[] fixture(String format, String name) {
    try (InputStream in = Collected.class.getResourceAsStream(format + "/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no fixture " + format + "/" + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a body that a device sends which has been said to count as one system does. */
  public static Collected of(Adapter adapter, byte[] body, Map<String, String> hints, Axes axes) {
    Collected collected = new Collected();
    Sender sender =
        new Sender() {
          @Override
          public Device device() {
            return DEVICE.withAxes(axes);
          }

          @Override
          public Stamp stampAt(Instant instant) {
            return SENDER.stampAt(instant);
          }
        };
    adapter.read(new Upload(body, NOW, hints::get), sender, collected);
    return collected;
  }

  /** All elements of the upload, as the receipt counts them. */
  public int received() {
    return counted + ignored + refused.size();
  }

  @Override
  public void keep(String path, int count, Observation observation) {
    kept.add(path);
    counted += count;
    observations.add(observation);
  }

  @Override
  public void keep(String path, int count, MotionBatch batch) {
    kept.add(path);
    counted += count;
    motion.add(batch);
  }

  @Override
  public void keepOnce(String path, MotionBatch batch, Identity identity) {
    keep(path, 1, batch);
    identities.add(identity.name() + " " + identity.period());
  }

  @Override
  public void message(String series, long number, Instant from, Instant to) {
    messages.add(series + " " + number);
  }

  @Override
  public void refuse(String path, String reason, @Nullable JsonNode element) {
    refused.add(path + ": " + reason);
  }

  @Override
  public void ignore(int count) {
    ignored += count;
  }

  @Override
  public void hello(String client) {
    greeting = client;
  }

  @Override
  public void advise(String sentence) {
    advice = sentence;
  }
}
