package io.lumbar.app.cli;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import java.util.Map;

/**
 * A QR code as text, two rows of modules a line, with the quiet zone that scanners need. Light
 * modules are drawn as full blocks, so that it scans on the usual dark terminal; phones read it
 * inverted on a light one.
 */
final class QrCode {
  private static final int QUIET = 4;

  private QrCode() {}

  static String of(String content) {
    ByteMatrix modules = modules(content);
    int size = modules.getWidth();
    StringBuilder text = new StringBuilder();
    for (int y = -QUIET; y < size + QUIET; y += 2) {
      for (int x = -QUIET; x < size + QUIET; x++) {
        boolean upper = light(modules, x, y);
        // The last line's lower half lies outside the code's square and stays dark.
        boolean lower = y + 1 < size + QUIET && light(modules, x, y + 1);
        text.append(upper ? (lower ? '█' : '▀') : (lower ? '▄' : ' '));
      }
      text.append(System.lineSeparator());
    }
    return text.toString();
  }

  private static boolean light(ByteMatrix modules, int x, int y) {
    int size = modules.getWidth();
    boolean inside = x >= 0 && y >= 0 && x < size && y < size;
    return !inside || modules.get(x, y) == 0;
  }

  private static ByteMatrix modules(String content) {
    try {
      return Encoder.encode(
              content, ErrorCorrectionLevel.L, Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
          .getMatrix();
    } catch (WriterException e) {
      throw new IllegalStateException("too long for a QR code", e);
    }
  }
}
