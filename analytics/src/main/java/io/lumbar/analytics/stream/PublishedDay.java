package io.lumbar.analytics.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Json;
import io.lumbar.model.LoadChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What is remembered of a published day: enough to tell whether a rebuilt one says anything else.
 * The day itself is not kept, because today's is written again with every observation.
 *
 * <p>Form: version byte 2; revision and rise in four bytes each; measures known, with the highest
 * bit for a day that was retracted, and measures that jumped in one each; the two fingerprints in
 * eight; the zone as {@link DataOutputStream#writeUTF}: some 42 bytes. Version 1 had no measures:
 * of its days all are taken for known where any load was, and which jumped is not known. The whole
 * day as JSON, which an older version wrote, is read too.
 *
 * @param rise the largest rise among its loads that jumped, in percent; 0 without
 * @param measured bit n stands for the measure n of {@link LoadChange.Measure}, whose load is known
 * @param jumped the same for those that jumped
 * @param retracted whether nothing is told of the day any more; what is left is its revision
 * @param load fingerprint of its loads
 * @param rest fingerprint of everything else but the revision
 */
public record PublishedDay(
    ZoneId zone,
    int revision,
    int rise,
    int measured,
    int jumped,
    boolean retracted,
    long load,
    long rest) {
  private static final int VERSION = 2;
  private static final int FIRST_VERSION = 1;

  private static final int RETRACTED = 0x80;

  /** All measures. */
  private static final int ALL = (1 << LoadChange.Measure.values().length) - 1;

  /** With maps in order, so that equal days give equal bytes. */
  private static final ObjectWriter WRITER =
      Json.mapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** What to remember of a day. */
  public static PublishedDay of(DaySummary day) {
    return new PublishedDay(
        day.zone(),
        day.revision(),
        rise(day.load()),
        measures(day.load(), change -> true),
        measures(day.load(), LoadChange::jump),
        day.retracted(),
        fingerprint(day.load()),
        rest(day));
  }

  /**
   * Whether it says the same as this day, whatever the revision and the loads of both. A day of a
   * version that took no note of the words of the morning is made of the same, too.
   */
  public boolean isMadeOf(DaySummary day) {
    return rest == rest(day) || rest == rest(day.withMorning(null, null));
  }

  /** Whether another state of the day says the same, whatever its revision. */
  public boolean saysTheSameAs(PublishedDay other) {
    return load == other.load && rest == other.rest;
  }

  /** Whether these are the loads of the day. */
  public boolean hasLoad(List<LoadChange> loads) {
    return load == fingerprint(loads);
  }

  static Serde<PublishedDay> serde() {
    return Serdes.serdeFrom(
        (topic, day) -> day == null ? null : day.encode(),
        (topic, bytes) -> bytes == null ? null : decode(bytes));
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(revision);
      out.writeInt(rise);
      out.writeByte(measured | (retracted ? RETRACTED : 0));
      out.writeByte(jumped);
      out.writeLong(load);
      out.writeLong(rest);
      out.writeUTF(zone.getId());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  static PublishedDay decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version == '{') {
        return of(Json.read(bytes, DaySummary.class));
      }
      if (version != VERSION && version != FIRST_VERSION) {
        throw new IllegalStateException("a stored day of version " + version + " is not known");
      }
      int revision = in.readInt();
      int rise = in.readInt();
      int measured = version == VERSION ? in.readUnsignedByte() : ALL;
      int jumped = version == VERSION ? in.readUnsignedByte() : 0;
      long load = in.readLong();
      long rest = in.readLong();
      boolean none = load == fingerprint(List.of());
      return new PublishedDay(
          ZoneId.of(in.readUTF()),
          revision,
          rise,
          none ? 0 : measured & ALL,
          jumped,
          version == VERSION && (measured & RETRACTED) != 0,
          load,
          rest);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored day is cut short", e);
    }
  }

  private static int measures(List<LoadChange> loads, Predicate<LoadChange> which) {
    return loads.stream().filter(which).mapToInt(one -> 1 << one.measure().ordinal()).sum();
  }

  private static int rise(List<LoadChange> loads) {
    return loads.stream()
        .filter(LoadChange::jump)
        .mapToInt(change -> (int) Math.round(change.changePercent()))
        .max()
        .orElse(0);
  }

  private static long rest(DaySummary day) {
    return fingerprint(day.withLoad(List.of()).withRevision(0));
  }

  private static long fingerprint(Object value) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(WRITER.writeValueAsBytes(value));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("cannot take the fingerprint of a day", e);
    }
  }
}
