package io.lumbar.analytics.evidence;

import io.lumbar.model.DeviceId;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The few stamps that many stored entries share, written once in front of them.
 *
 * <p>Form: count as two bytes; per stamp device, placement (one byte) and zone.
 */
public final class StampTable {
  private static final Placement[] PLACEMENTS = Placement.values();

  private final List<Stamp> stamps = new ArrayList<>();
  private int lastIndex;

  /** The place of a stamp in the table; a new one is added. */
  @SuppressWarnings("ReferenceEquality") // a short cut; other objects are compared below
  public int index(Stamp stamp) {
    // Most entries have the stamp of the one before them, and it is the very object.
    if (lastIndex < stamps.size() && stamps.get(lastIndex) == stamp) {
      return lastIndex;
    }
    lastIndex = find(stamp);
    return lastIndex;
  }

  private int find(Stamp stamp) {
    int known = stamps.indexOf(stamp);
    if (known >= 0) {
      return known;
    }
    stamps.add(stamp);
    return stamps.size() - 1;
  }

  /** The stamp at a place. */
  public Stamp at(int index) {
    return stamps.get(index);
  }

  /** How many stamps there are. */
  public int size() {
    return stamps.size();
  }

  /** Writes the table; what is added later is not in it. */
  public void write(DataOutputStream out) throws IOException {
    out.writeShort(stamps.size());
    for (Stamp stamp : stamps) {
      out.writeUTF(stamp.device().value());
      out.writeByte(stamp.placement().ordinal());
      out.writeUTF(stamp.zone().getId());
    }
  }

  /** Reads a table back. */
  public static StampTable read(DataInputStream in) throws IOException {
    StampTable table = new StampTable();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      DeviceId device = new DeviceId(in.readUTF());
      Placement placement = PLACEMENTS[in.readUnsignedByte()];
      table.stamps.add(new Stamp(device, placement, ZoneId.of(in.readUTF())));
    }
    return table;
  }
}
