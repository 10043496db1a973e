package io.lumbar.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QrSvgTest {
  private static final Pattern SIDE = Pattern.compile("viewBox=\"0 0 (\\d+) ");
  private static final Pattern MODULE = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z");

  @ParameterizedTest
  @ValueSource(
      strings = {"https://lumbar.example/connect/ld_abcdefghijklmnopqrstuvwxyz0123456789", "x"})
  void drawsWhatAScannerReads(String text) throws Exception {
    String svg = QrSvg.of(text);
    MatchResult side = SIDE.matcher(svg).results().findFirst().orElseThrow();
    int size = Integer.parseInt(side.group(1)) - 8;
    BitMatrix modules = new BitMatrix(size);
    for (MatchResult module : MODULE.matcher(svg).results().toList()) {
      modules.set(Integer.parseInt(module.group(1)) - 4, Integer.parseInt(module.group(2)) - 4);
    }

    assertThat(new Decoder().decode(modules).getText()).isEqualTo(text);
  }

  @Test
  void leavesAQuietZone() {
    List<MatchResult> modules = MODULE.matcher(QrSvg.of("x")).results().toList();

    assertThat(modules).allMatch(module -> Integer.parseInt(module.group(1)) >= 4);
  }
}
