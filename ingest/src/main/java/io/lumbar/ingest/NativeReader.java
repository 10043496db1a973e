package io.lumbar.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import io.lumbar.ingest.format.ElementCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads native uploads: a JSON array, one object, or one object per line.
 *
 * <p>An array that is broken anywhere is refused whole, since nobody can say where its elements
 * end; a broken line is one refusal.
 */
final class NativeReader {
  private NativeReader() {}

  /** Reads one object, on whose start the parser stands, to its end. */
  @FunctionalInterface
  interface ObjectReader {
    Element read(JsonParser parser, String path, byte[] text) throws IOException;
  }

  /**
   * Reads a body.
   *
   * @param lines whether the sender says that it is one object per line
   * @throws ApiException 400 with line and column when the document is broken, 413 for too many
   *     elements
   */
  static List<Element> read(byte[] body, boolean lines, ElementCount count, ObjectReader draft) {
    Bodies.requireUtf8(body);
    int start = skipMark(body);
    int first = start;
    while (first < body.length && Character.isWhitespace(body[first])) {
      first++;
    }
    if (first == body.length) {
      throw ApiException.badRequest("the body is empty; send a JSON array, or one object per line");
    }
    try {
      if (lines || (body[first] != '[' && hasLines(body, first))) {
        return lines(body, start, count, draft);
      }
      return document(body, first, count, draft);
    } catch (JsonProcessingException e) {
      throw Bodies.brokenJson(e);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to read", e);
    }
  }

  private static List<Element> document(
      byte[] body, int start, ElementCount count, ObjectReader draft) throws IOException {
    // Locations count from the start of the array that the parser reads.
    byte[] text = start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
    List<Element> elements = new ArrayList<>();
    try (JsonParser parser = Bodies.json().createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_OBJECT) {
        elements.add(draft.read(parser, "[0]", text));
      } else if (token == JsonToken.START_ARRAY) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          count.add();
          elements.add(element(parser, "[" + elements.size() + "]", text, draft));
        }
      } else {
        throw ApiException.badRequest(
            "the body must be a JSON array, one object, or one object per line");
      }
      if (parser.nextToken() != null) {
        throw ApiException.badRequest(
            "the body has more text behind the JSON document's end, at line "
                + parser.currentLocation().getLineNr());
      }
    }
    return elements;
  }

  private static List<Element> lines(byte[] body, int start, ElementCount count, ObjectReader draft)
      throws IOException {
    List<Element> elements = new ArrayList<>();
    int lineNumber = 0;
    for (int at = start; at < body.length; ) {
      int end = lineEnd(body, at);
      lineNumber++;
      byte[] line = Arrays.copyOfRange(body, at, end);
      if (!isBlank(line)) {
        count.add();
        elements.add(line(line, "[" + elements.size() + "]", lineNumber, draft));
      }
      at = end + 1;
    }
    return elements;
  }

  private static Element line(byte[] line, String path, int lineNumber, ObjectReader draft)
      throws IOException {
    try (JsonParser parser = Bodies.json().createParser(line)) {
      parser.nextToken();
      Element element = element(parser, path, line, draft);
      if (parser.nextToken() == null) {
        return element;
      }
      return new Element.Refused(
          path, "line " + lineNumber + " holds more than one object; put each on its line", line);
    } catch (JsonProcessingException e) {
      return new Element.Refused(path, "line " + lineNumber + " is not valid JSON", line);
    }
  }

  private static Element element(JsonParser parser, String path, byte[] text, ObjectReader draft)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      return draft.read(parser, path, text);
    }
    parser.skipChildren();
    return new Element.Refused(path, "must be an object", null);
  }

  /**
   * True when there are several lines and the first is an object of its own, or, where the whole is
   * not one object over several lines, any other is: so a broken first line is one refusal too.
   */
  private static boolean hasLines(byte[] body, int first) throws IOException {
    int end = lineEnd(body, first);
    if (end >= body.length || isBlank(Arrays.copyOfRange(body, end, body.length))) {
      return false;
    }
    if (isObject(body, first, end)) {
      return true;
    }
    if (isObject(body, first, body.length)) {
      return false;
    }
    for (int start = end + 1; start < body.length; start = end + 1) {
      end = lineEnd(body, start);
      if (isObject(body, start, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isObject(byte[] body, int from, int to) throws IOException {
    try (JsonParser parser = Bodies.json().createParser(body, from, to - from)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static int lineEnd(byte[] body, int from) {
    int end = from;
    while (end < body.length && body[end] != '\n') {
      end++;
    }
    return end;
  }

  private static boolean isBlank(byte[] line) {
    for (byte each : line) {
      if (!Character.isWhitespace(each)) {
        return false;
      }
    }
    return true;
  }

  /** Some Windows programs put a byte order mark before UTF-8. */
  private static int skipMark(byte[] body) {
    boolean marked =
        body.length >= 3
            && body[0] == (byte) 0xEF
            && body[1] == (byte) 0xBB
            && body[2] == (byte) 0xBF;
    return marked ? 3 : 0;
  }
}
