package io.lumbar.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lumbar.http.ApiException;
import io.lumbar.http.Bodies;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Walks through JSON uploads, so that only one element at a time becomes a tree. A document that is
 * broken anywhere is refused whole, since nobody can say where its elements end.
 */
public final class Documents {
  private static final ObjectMapper TREES = new ObjectMapper(Bodies.json());

  private Documents() {}

  /** Reads what a field holds, which the parser stands on, to its end. */
  @FunctionalInterface
  public interface FieldReader {
    void read(String field, JsonParser parser) throws IOException;
  }

  /**
   * Reads one value, a list of them, or one per line. An element that is no object is handed over
   * like others: it has none of their fields.
   *
   * @throws ApiException 400 when the document is broken or empty, 413 for too many elements
   */
  public static void each(Upload upload, Consumer<Item> one) {
    parsed(
        upload.body(),
        parser -> {
          int number = 0;
          for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
              while (parser.nextToken() != JsonToken.END_ARRAY) {
                one.accept(item(upload, parser, "[" + number++ + "]"));
              }
            } else {
              one.accept(item(upload, parser, "[" + number++ + "]"));
            }
          }
        });
  }

  /**
   * Reads the fields of the one object that the body is.
   *
   * @param what the client's messages, for the refusal of another thing
   * @throws ApiException 400 when the document is broken or no object
   */
  public static void fields(Upload upload, String what, FieldReader reader) {
    parsed(
        upload.body(),
        parser -> {
          if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw ApiException.badRequest("the body must be " + what + ", an object");
          }
          fields(parser, reader);
        });
  }

  /** Reads the fields of an object, on whose start the parser stands, to its end. */
  public static void fields(JsonParser parser, FieldReader reader) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      reader.read(field, parser);
      parser.skipChildren();
    }
  }

  /** Whether the parser stands on a list. */
  public static boolean isList(JsonParser parser) {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /** Passes over a list, on whose start the parser stands, and says how many elements it has. */
  public static int count(JsonParser parser) throws IOException {
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      count++;
    }
    return count;
  }

  /**
   * Reads a list, on whose start the parser stands, to its end.
   *
   * @throws ApiException 413 for too many elements
   */
  public static void each(Upload upload, JsonParser parser, String path, Consumer<Item> one)
      throws IOException {
    int number = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      one.accept(item(upload, parser, path + "[" + number++ + "]"));
    }
  }

  private static Item item(Upload upload, JsonParser parser, String path) throws IOException {
    upload.elements().add();
    return new Item(TREES.readTree(new ElementParser(parser)), path);
  }

  private interface Walk {
    void through(JsonParser parser) throws IOException;
  }

  private static void parsed(byte[] body, Walk walk) {
    if (body.length == 0) {
      throw ApiException.badRequest("the body is empty");
    }
    Bodies.requireUtf8(body);
    try (JsonParser parser = Bodies.json().createParser(body)) {
      walk.through(parser);
    } catch (JsonProcessingException e) {
      throw Bodies.brokenJson(e);
    } catch (IOException e) {
      throw ApiException.badRequest("the body is not text in UTF-8");
    }
  }
}
