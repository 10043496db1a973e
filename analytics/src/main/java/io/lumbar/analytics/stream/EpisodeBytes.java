package io.lumbar.analytics.stream;

import io.lumbar.model.Episode;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.Json;
import io.lumbar.model.Placement;
import io.lumbar.model.Posture;
import io.lumbar.model.WearerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * The compact form of an episode in the store.
 *
 * <p>Form: version byte 1; id and wearer; kind; from and to in epoch milliseconds; zone; level;
 * flags (1 open, 2 retracted, 4 ended by, 8 confidence); revision; of the evidence until,
 * holdsUntil, seconds, posture, placement; with flag 8 the confidence, with flag 4 what ended it;
 * count and texts of the day's tags. Texts as {@link DataOutputStream#writeUTF}, constants as their
 * ordinal in one byte. What an older version wrote as JSON is read too.
 */
final class EpisodeBytes {
  private static final int VERSION = 1;
  private static final int OPEN = 1;
  private static final int RETRACTED = 2;
  private static final int ENDED = 4;
  private static final int CONFIDENCE = 8;
  private static final EpisodeKind[] KINDS = EpisodeKind.values();
  private static final Posture[] POSTURES = Posture.values();
  private static final Placement[] PLACEMENTS = Placement.values();

  private EpisodeBytes() {}

  static Serde<Episode> serde() {
    return Serdes.serdeFrom(
        (topic, episode) -> episode == null ? null : encode(episode),
        (topic, bytes) -> bytes == null ? null : decode(bytes));
  }

  static byte[] encode(Episode episode) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(160);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(episode.id());
      out.writeUTF(episode.wearer().value());
      out.writeByte(episode.kind().ordinal());
      out.writeLong(episode.from().toEpochMilli());
      out.writeLong(episode.to().toEpochMilli());
      out.writeUTF(episode.zone().getId());
      out.writeInt(episode.level());
      out.writeByte(flags(episode));
      out.writeInt(episode.revision());
      writeEvidence(out, episode.evidence());
      String endedBy = episode.endedBy();
      if (endedBy != null) {
        out.writeUTF(endedBy);
      }
      out.writeByte(episode.dayTags().size());
      for (String tag : episode.dayTags()) {
        out.writeUTF(tag);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static int flags(Episode episode) {
    return (episode.open() ? OPEN : 0)
        | (episode.retracted() ? RETRACTED : 0)
        | (episode.endedBy() != null ? ENDED : 0)
        | (episode.evidence().confidence() != null ? CONFIDENCE : 0);
  }

  private static void writeEvidence(DataOutputStream out, Episode.Evidence evidence)
      throws IOException {
    out.writeLong(evidence.until().toEpochMilli());
    out.writeLong(evidence.holdsUntil().toEpochMilli());
    out.writeDouble(evidence.seconds());
    out.writeByte(evidence.posture().ordinal());
    out.writeByte(evidence.source().ordinal());
    Double confidence = evidence.confidence();
    if (confidence != null) {
      out.writeDouble(confidence);
    }
  }

  static Episode decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version == '{') {
        return Json.read(bytes, Episode.class);
      }
      if (version != VERSION) {
        throw new IllegalStateException("a stored episode of version " + version + " is not known");
      }
      String id = in.readUTF();
      WearerId wearer = new WearerId(in.readUTF());
      EpisodeKind kind = KINDS[in.readUnsignedByte()];
      Instant from = Instant.ofEpochMilli(in.readLong());
      Instant to = Instant.ofEpochMilli(in.readLong());
      ZoneId zone = ZoneId.of(in.readUTF());
      int level = in.readInt();
      int flags = in.readUnsignedByte();
      int revision = in.readInt();
      Episode.Evidence evidence = readEvidence(in, (flags & CONFIDENCE) != 0);
      @Nullable String endedBy = (flags & ENDED) != 0 ? in.readUTF() : null;
      return new Episode(
          id,
          wearer,
          kind,
          from,
          to,
          zone,
          level,
          (flags & OPEN) != 0,
          revision,
          (flags & RETRACTED) != 0,
          evidence,
          endedBy,
          tags(in));
    } catch (IOException e) {
      throw new UncheckedIOException("a stored episode is cut short", e);
    }
  }

  private static Episode.Evidence readEvidence(DataInputStream in, boolean confidence)
      throws IOException {
    return new Episode.Evidence(
        Instant.ofEpochMilli(in.readLong()),
        Instant.ofEpochMilli(in.readLong()),
        in.readDouble(),
        POSTURES[in.readUnsignedByte()],
        PLACEMENTS[in.readUnsignedByte()],
        confidence ? in.readDouble() : null);
  }

  private static List<String> tags(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    List<String> tags = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      tags.add(in.readUTF());
    }
    return tags;
  }
}
