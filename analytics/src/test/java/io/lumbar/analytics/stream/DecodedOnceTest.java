package io.lumbar.analytics.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;

class DecodedOnceTest {
  private final List<String> decoded = new ArrayList<>();
  private final Deserializer<String> deserializer =
      new DecodedOnce<>(
          (topic, bytes) -> {
            decoded.add(new String(bytes, StandardCharsets.UTF_8));
            return decoded.get(decoded.size() - 1);
          },
          2);

  private void reads(String... texts) {
    for (String text : texts) {
      assertThat(deserializer.deserialize("topic", text.getBytes(StandardCharsets.UTF_8)))
          .isEqualTo(text);
    }
  }

  @Test
  void decodesEqualBytesOnce() {
    reads("anna", "bert", "anna");
    assertThat(decoded).containsExactly("anna", "bert");
    assertThat(deserializer.deserialize("topic", null)).isNull();
  }

  @Test
  void forgetsWhatWasNotAskedForLongest() {
    reads("anna", "bert", "anna", "cora", "anna", "bert");
    assertThat(decoded).containsExactly("anna", "bert", "cora", "bert");
  }
}
