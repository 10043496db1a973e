package io.lumbar.ingest;

import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.ElementCount;
import io.lumbar.model.Axes;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an upload of binary motion records that stand one behind the other.
 *
 * <p>Where a record is broken nobody can tell where the next one begins, so the upload is refused
 * whole; a record that can be read but not used is one refusal.
 */
final class MotionRecords {
  private MotionRecords() {}

  /**
   * Reads a body.
   *
   * @throws ApiException 400 with the byte when a record is broken, 413 for too many records
   */
  static List<Element> read(byte[] body, Source source, ElementCount count) {
    List<Element> elements = new ArrayList<>();
    for (int at = 0; at < body.length; ) {
      count.add();
      MotionCodec.Uploaded record;
      try {
        record = MotionCodec.upload(body, at, source::stampAt);
      } catch (SerializationException e) {
        throw ApiException.badRequest(
            "the motion record that begins at byte %d is broken: %s".formatted(at, e.getMessage()));
      }
      String path = "[" + elements.size() + "]";
      String fault = fault(record, source);
      elements.add(
          fault == null
              ? new Element.Motion(path, 1, upright(record.batch(), source))
              : new Element.Refused(path, fault, null));
      at = record.end();
    }
    return elements;
  }

  /** What iOS counts down is kept as up. */
  private static MotionBatch upright(MotionBatch batch, Source source) {
    return source.device().axes() == Axes.IOS ? batch.turnedOver() : batch;
  }

  private static @Nullable String fault(MotionCodec.Uploaded record, Source source) {
    String device = source.device().id().value();
    if (!record.device().isEmpty() && !record.device().equals(device)) {
      return "device: must be empty or the token's own, " + device;
    }
    String placement = source.device().placement().wireName();
    if (!record.placement().isEmpty() && !record.placement().equals(placement)) {
      return "placement: must be empty or the device's own, " + placement;
    }
    MotionBatch batch = record.batch();
    int n = batch.size();
    if (n > MotionRules.MOST_SAMPLES) {
      return MotionRules.tooMany();
    }
    String rate = MotionRules.rateFault(n, batch.offsetMicros()[n - 1] / 1e6);
    return rate != null ? rate : MotionRules.unit("g", batch.x(), batch.y(), batch.z()).fault();
  }
}
