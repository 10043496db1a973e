package io.lumbar.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomIdsTest {
  private static final int MANY = 1_000;

  @Test
  void aTokenHas256BitsOfWhichNoneIsFixed() {
    BitSet seen = new BitSet();
    BitSet missing = new BitSet();
    Set<String> tokens =
        IntStream.range(0, MANY).mapToObj(i -> RandomIds.secret("ld_")).collect(Collectors.toSet());
    assertThat(tokens).hasSize(MANY);
    for (String token : tokens) {
      assertThat(token).startsWith("ld_");
      byte[] random = Base64.getUrlDecoder().decode(token.substring(3));
      assertThat(random).hasSize(32);
      BitSet bits = BitSet.valueOf(random);
      seen.or(bits);
      bits.flip(0, 256);
      missing.or(bits);
    }
    assertThat(seen.cardinality()).isEqualTo(256);
    assertThat(missing.cardinality()).isEqualTo(256);
  }

  @Test
  void anIdHas96Bits() {
    assertThat(Base64.getUrlDecoder().decode(RandomIds.next("w_").substring(2))).hasSize(12);
  }
}
