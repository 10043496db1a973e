package io.lumbar.analytics.trunk;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The bends of a wearer in ten minutes of UTC as one value of the store.
 *
 * <p>Form: version byte 3; device, placement, zone as texts; the minutes heard as two bytes. Of ten
 * minutes in which nothing was found that is all, some 45 bytes. Else per half of the time four
 * numbers of milliseconds beyond 20, 30, 60 and 90 degrees; a count of bends as two bytes, and per
 * bend start, end and peak in milliseconds from the chunk, peak and mean in tenths of a degree as
 * two bytes each, and its style as a byte. 19 bytes a bend, some 80 besides.
 *
 * <p>Versions 1 and 2 knew no times held forward: a bend that may be sustained stands for its own.
 * Version 1 kept only ten minutes in which something was found, and not which were heard: all are
 * taken for it.
 */
final class BendChunk {
  private static final int VERSION = 3;
  private static final int SECOND_VERSION = 2;
  private static final int FIRST_VERSION = 1;
  private static final double TENTHS = 10;
  private static final Bend.Style[] STYLES = Bend.Style.values();

  private BendChunk() {}

  static byte[] encode(BendsJudged judged, Stamp stamp) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(stamp.device().value());
      out.writeUTF(stamp.placement().wireName());
      out.writeUTF(stamp.zone().getId());
      out.writeShort(judged.heard());
      if (!judged.isQuiet()) {
        write(judged, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  private static Bend held(Bend bend) {
    return new Bend(
        bend.from(),
        bend.to(),
        bend.peakAt(),
        bend.peakDegrees(),
        bend.meanDegrees(),
        Bend.Style.HELD);
  }

  private static boolean maySustain(Bend held) {
    return held.heldBeyond(Bend.LEAST_HOLD_PERCENT);
  }

  private static void write(BendsJudged judged, DataOutputStream out) throws IOException {
    for (ForwardTime time : judged.forward()) {
      out.writeInt((int) time.beyond20());
      out.writeInt((int) time.beyond30());
      out.writeInt((int) time.beyond60());
      out.writeInt((int) time.beyond90());
    }
    out.writeShort(judged.bends().size());
    for (Bend bend : judged.bends()) {
      out.writeInt((int) (bend.from() - judged.block()));
      out.writeInt((int) (bend.to() - judged.block()));
      out.writeInt((int) (bend.peakAt() - judged.block()));
      out.writeShort((int) Math.round(bend.peakDegrees() * TENTHS));
      out.writeShort((int) Math.round(bend.meanDegrees() * TENTHS));
      out.writeByte(bend.style().ordinal());
    }
  }

  static BendsJudged decode(byte[] bytes, long block) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version < FIRST_VERSION || version > VERSION) {
        throw new IllegalStateException("bends of version " + version + " are not known");
      }
      Stamp stamp =
          new Stamp(
              new DeviceId(in.readUTF()), Placement.of(in.readUTF()), ZoneId.of(in.readUTF()));
      int heard = version == FIRST_VERSION ? BendsJudged.WHOLE : in.readUnsignedShort();
      if (in.available() == 0) {
        return new BendsJudged(block, stamp, List.of(), BendsJudged.atRest(block), heard);
      }
      List<ForwardTime> forward = new ArrayList<>();
      for (int part = 0; part < BendsJudged.PARTS; part++) {
        forward.add(
            new ForwardTime(
                block + part * BendsJudged.PART_MILLIS,
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readInt()));
      }
      List<Bend> bends = new ArrayList<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        bends.add(
            new Bend(
                block + in.readInt(),
                block + in.readInt(),
                block + in.readInt(),
                in.readShort() / TENTHS,
                in.readShort() / TENTHS,
                STYLES[in.readUnsignedByte()]));
      }
      if (version <= SECOND_VERSION) {
        bends.addAll(bends.stream().map(BendChunk::held).filter(BendChunk::maySustain).toList());
        bends.sort(BendsJudged.ORDER);
      }
      return new BendsJudged(block, stamp, bends, forward, heard);
    } catch (IOException e) {
      throw new UncheckedIOException("bends are cut short", e);
    }
  }
}
