package io.lumbar.ingest.recording;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Axivity AX3 and AX6 recordings, packed and unpacked, with or without a gyroscope.
 *
 * <p>A block's clock tells where its samples begin, and with the configured rate where they end.
 * The sensor's real rate is some percent off, so a block that follows another starts where that one
 * ended, and its samples are spread evenly up to its own end. A block that does not follow (another
 * sequence, a second or more away, or behind one that was skipped) starts anew.
 */
public final class AxivityCwa implements RecordingFormat {
  private static final int HEADER_BYTES = 1024;
  private static final int BLOCKS_AT_ONCE = 256;
  private static final long SECOND = 1_000_000_000L;

  @Override
  public String id() {
    return "axivity";
  }

  @Override
  public String description() {
    return "Axivity AX3 or AX6 (.cwa, binary)";
  }

  @Override
  public boolean recognises(FileHead head) {
    return head.startsWith('M', 'D', 0xFC, 0x03);
  }

  @Override
  public Origin origin(InputFile file) throws IOException {
    try (InputStream in = file.open()) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      if (header.length < HEADER_BYTES) {
        throw new UnusableFile("the file ends within its header; copy it from the device again");
      }
      long id = (header[5] & 0xFF) | (header[6] & 0xFF) << 8;
      int upper = (header[11] & 0xFF) | (header[12] & 0xFF) << 8;
      if (upper != 0xFFFF) {
        id |= (long) upper << 16;
      }
      String model = (header[4] & 0xFF) == 0x64 ? "AX6" : "AX3";
      return new Origin("Axivity " + model + " " + id, Origin.Times.LOCAL, Origin.Unit.G, null);
    }
  }

  @Override
  public void read(InputFile file, LocalClock clock, SampleTaker taker) throws IOException {
    byte[] buffer = new byte[BLOCKS_AT_ONCE * AxivityBlock.BYTES];
    Pass pass = new Pass(buffer, clock, taker);
    try (InputStream in = file.open()) {
      in.skipNBytes(HEADER_BYTES);
      for (int n = in.readNBytes(buffer, 0, buffer.length);
          n > 0;
          n = in.readNBytes(buffer, 0, buffer.length)) {
        for (int at = 0; at < n; at += AxivityBlock.BYTES) {
          pass.block(at, n - at >= AxivityBlock.BYTES);
        }
      }
    }
    pass.finish();
  }

  /** One way through a file. */
  private static final class Pass {
    private final AxivityBlock block;
    private final LocalClock clock;
    private final SampleTaker taker;
    private int number;
    private int skipped;
    private long samples;
    private long first;
    private long end;
    private int sequence;
    private boolean follows;

    Pass(byte[] buffer, LocalClock clock, SampleTaker taker) {
      this.block = new AxivityBlock(buffer);
      this.clock = clock;
      this.taker = taker;
    }

    void block(int at, boolean whole) {
      int mine = number++;
      if (!whole) {
        skip(mine, "the file ends within it");
        return;
      }
      if (block.isErased(at) || block.isOther(at)) {
        taker.ignored(1);
        return;
      }
      String fault = block.moveTo(at);
      if (!fault.isEmpty()) {
        skip(mine, fault);
        return;
      }
      give();
      taker.parts(1);
    }

    private void skip(int mine, String fault) {
      taker.refused("block " + mine, fault);
      skipped++;
      follows = false;
    }

    private void give() {
      long usual = Math.round(block.samples() / block.rate() * SECOND);
      long own = block.startNanos();
      long from = end;
      boolean joined =
          follows
              && block.sequence() == sequence + 1
              && Math.abs(own - end) < SECOND
              && Math.abs(own - end) <= usual / 2;
      if (!joined) {
        taker.gap();
        from = own;
      }
      end = own + usual;
      sequence = block.sequence();
      follows = true;
      if (samples == 0) {
        first = from;
      }
      samples += block.samples();
      block.give(clock.ofLocal(from), clock.ofLocal(end), taker);
    }

    void finish() {
      if (samples > 0) {
        taker.note(
            String.format(
                Locale.ROOT,
                "%,d samples from %s to %s on the device's clock",
                samples,
                wall(first),
                wall(end)));
      }
      if (skipped > 0) {
        taker.note("%d of %d blocks could not be read and were skipped".formatted(skipped, number));
      }
    }

    private static LocalDateTime wall(long nanos) {
      return LocalDateTime.ofEpochSecond(
          Math.floorDiv(nanos + SECOND / 2, SECOND), 0, ZoneOffset.UTC);
    }
  }
}
