package io.lumbar.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.lumbar.http.ApiException;
import java.io.IOException;

/** Reads the one element that a parser stands on, and no more of it than fits into memory. */
final class ElementParser extends JsonParserDelegate {
  /** Three axes of the longest batch, several times over; as objects some 20 MB. */
  private static final int MOST_TOKENS = 500_000;

  private int tokens;

  ElementParser(JsonParser parser) {
    super(parser);
  }

  @Override
  public JsonToken nextToken() throws IOException {
    tokens++;
    if (tokens > MOST_TOKENS) {
      throw ApiException.tooLarge(
          "one of its elements has more than %d values; send it in parts".formatted(MOST_TOKENS));
    }
    return super.nextToken();
  }
}
