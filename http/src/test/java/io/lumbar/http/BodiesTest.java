package io.lumbar.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodiesTest {

  @AfterEach
  void resetLimits() {
    Bodies.limitJson(32, 1 << 20);
  }

  @Test
  void jsonMayBeLimitedFurther() throws IOException {
    walk("[[[[1]]]]");
    walk("\"longer text\"");
    Bodies.limitJson(3, 5);

    walk("[[[1]]]");
    assertThatThrownBy(() -> walk("[[[[1]]]]"))
        .isInstanceOfSatisfying(
            JsonProcessingException.class,
            e -> assertThat(Bodies.describe(e)).contains("deeper than 3 levels"));
    assertThatThrownBy(() -> walk("\"longer text\"")).isInstanceOf(JsonProcessingException.class);
  }

  private static void walk(String text) throws IOException {
    try (JsonParser parser = Bodies.json().createParser(text)) {
      while (parser.nextToken() != null) {
        parser.getText();
      }
    }
  }
}
