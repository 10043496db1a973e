package io.lumbar.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class QrCodeTest {
  private static final String URL =
      "http://192.168.1.20:8080/api/v1/ingest/sensor-logger/ld_0123456789abcdefghijklmnopqrstuvwxyzABCDEFG";

  @Test
  void readsBackAsTheUrlAndHasItsQuietZone() throws Exception {
    List<String> lines = QrCode.of(URL).lines().toList();
    int width = lines.get(0).length();
    BitMatrix modules = new BitMatrix(width - 8);
    for (int y = 0; y < width - 8; y++) {
      for (int x = 0; x < width - 8; x++) {
        char cell = lines.get((y + 4) / 2).charAt(x + 4);
        boolean light = cell == '█' || cell == ((y + 4) % 2 == 0 ? '▀' : '▄');
        if (!light) {
          modules.set(x, y);
        }
      }
    }
    assertThat(new Decoder().decode(modules).getText()).isEqualTo(URL);
    assertThat(lines.get(0)).isEqualTo("█".repeat(width));
    assertThat(lines.subList(0, lines.size() - 1))
        .allSatisfy(line -> assertThat(line).startsWith("████").endsWith("████"));
  }
}
