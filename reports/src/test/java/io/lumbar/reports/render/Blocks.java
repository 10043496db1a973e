package io.lumbar.reports.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * A picture as the mean colours of its blocks, of which two can be told alike although the edges of
 * letters differ between versions of a browser.
 */
record Blocks(BufferedImage means) {
  static final int SIDE = 10;

  /** Of a block's mean, in a channel from 0 to 255: more is not the edge of a letter. */
  private static final int SEEN = 24;

  /** Of all blocks: so many may be seen to differ, as a few letters that moved do. */
  private static final double FEW = 0.001;

  static Blocks of(byte[] png) {
    BufferedImage picture = read(png);
    BufferedImage means =
        new BufferedImage(
            (picture.getWidth() + SIDE - 1) / SIDE,
            (picture.getHeight() + SIDE - 1) / SIDE,
            BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < means.getWidth(); x++) {
      for (int y = 0; y < means.getHeight(); y++) {
        means.setRGB(x, y, mean(picture, x * SIDE, y * SIDE));
      }
    }
    return new Blocks(means);
  }

  static Blocks stored(byte[] png) {
    return new Blocks(read(png));
  }

  byte[] png() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(means, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** What a person would see to differ, in words; empty when it is next to nothing. */
  String differenceFrom(Blocks other) {
    BufferedImage one = means;
    BufferedImage two = other.means;
    if (one.getWidth() != two.getWidth() || Math.abs(one.getHeight() - two.getHeight()) > 1) {
      return "%d x %d blocks instead of %d x %d"
          .formatted(one.getWidth(), one.getHeight(), two.getWidth(), two.getHeight());
    }
    int height = Math.min(one.getHeight(), two.getHeight());
    int differing = 0;
    int firstRow = -1;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        if (distance(one.getRGB(x, y), two.getRGB(x, y)) > SEEN) {
          differing++;
          firstRow = firstRow < 0 ? y : firstRow;
        }
      }
    }
    return differing <= FEW * height * one.getWidth()
        ? ""
        : "%d of %d blocks differ, the first at %d px from the top"
            .formatted(differing, height * one.getWidth(), firstRow * SIDE);
  }

  /** The largest of the three channels. */
  private static int distance(int one, int two) {
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      most = Math.max(most, Math.abs((one >> shift & 0xff) - (two >> shift & 0xff)));
    }
    return most;
  }

  private static int mean(BufferedImage picture, int left, int top) {
    int right = Math.min(picture.getWidth(), left + SIDE);
    int bottom = Math.min(picture.getHeight(), top + SIDE);
    long red = 0;
    long green = 0;
    long blue = 0;
    for (int x = left; x < right; x++) {
      for (int y = top; y < bottom; y++) {
        int pixel = picture.getRGB(x, y);
        red += pixel >> 16 & 0xff;
        green += pixel >> 8 & 0xff;
        blue += pixel & 0xff;
      }
    }
    long count = (long) (right - left) * (bottom - top);
    return (int) (red / count << 16 | green / count << 8 | blue / count);
  }

  private static BufferedImage read(byte[] png) {
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
