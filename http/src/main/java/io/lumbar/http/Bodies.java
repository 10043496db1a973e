package io.lumbar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads request bodies within limits: plain or gzip, with a size limit that holds after
 * decompression, so that a small body which inflates without end is refused when it passes the
 * limit and not later.
 */
public final class Bodies {
  private static final int DEEPEST = 32;
  private static final int RETRY_SECONDS = 60;
  private static final int BUFFER = 16 << 10;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxNumberLength(64).build())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private Bodies() {}

  /** Parsers that refuse documents nested deeper than 32 levels and numbers over 64 digits. */
  public static JsonFactory json() {
    return JSON;
  }

  /**
   * The body, decompressed.
   *
   * @throws ApiException 413 beyond the limit, 415 for an unknown encoding, 400 for broken gzip,
   *     503 when the stream does not take it
   */
  public static byte[] read(Context ctx, int limit) {
    boolean plain = isPlain(ctx);
    long announced = ctx.req().getContentLengthLong();
    if (announced > limit) {
      throw tooLarge(limit);
    }
    int expected = plain && announced > 0 ? (int) announced : BUFFER;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
    copy(ctx, bytes, limit);
    return bytes.toByteArray();
  }

  /**
   * Writes the body, decompressed, to a stream without holding it in memory, and says its size.
   *
   * @throws ApiException 413 beyond the limit, 415 for an unknown encoding, 400 for broken gzip,
   *     503 when the stream does not take it
   */
  public static long copy(Context ctx, OutputStream to, long limit) {
    boolean plain = isPlain(ctx);
    try {
      InputStream raw = ctx.bodyInputStream();
      InputStream in = plain ? raw : new GZIPInputStream(raw, BUFFER);
      byte[] buffer = new byte[BUFFER];
      long total = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limit) {
          throw tooLarge(limit);
        }
        store(to, buffer, n);
      }
      return total;
    } catch (ZipException | EOFException e) {
      throw ApiException.badRequest("the body is not valid gzip, though Content-Encoding says so");
    } catch (IOException e) {
      throw ApiException.badRequest("the body could not be read to its end");
    }
  }

  private static void store(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
    } catch (IOException e) {
      throw ApiException.unavailable(
          "the upload cannot be stored; is the disk full?", RETRY_SECONDS);
    }
  }

  /**
   * A small JSON object whose fields are all known.
   *
   * @throws ApiException 400 that names what is wrong
   */
  public static ObjectNode object(Context ctx, int limit, Set<String> known) {
    byte[] body = read(ctx, limit);
    try {
      JsonNode node = MAPPER.readTree(body);
      if (!(node instanceof ObjectNode object)) {
        throw ApiException.badRequest("the body must be one JSON object");
      }
      for (var fields = object.fieldNames(); fields.hasNext(); ) {
        String field = fields.next();
        if (!known.contains(field)) {
          throw ApiException.badRequest(
              field
                  + ": unknown field; known are "
                  + String.join(", ", known.stream().sorted().toList()));
        }
      }
      return object;
    } catch (JsonProcessingException e) {
      throw brokenJson(e);
    } catch (IOException e) {
      throw ApiException.badRequest("the body could not be read");
    }
  }

  /** 400 with line and column, without a word of the content. */
  public static ApiException brokenJson(JsonProcessingException e) {
    return ApiException.badRequest("the body is not valid JSON: " + describe(e));
  }

  /** What is wrong and where, without a word of the content. */
  public static String describe(JsonProcessingException e) {
    String where =
        e.getLocation() == null
            ? ""
            : "line %d, column %d: "
                .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
    String message = e.getOriginalMessage();
    if (message.contains("nesting depth")) {
      return where + "nested deeper than " + DEEPEST + " levels";
    }
    if (message.contains("end-of-input")) {
      return where + "it ends too early";
    }
    return where + "unexpected text";
  }

  private static boolean isPlain(Context ctx) {
    String encoding = ctx.header("Content-Encoding");
    if (encoding == null || encoding.isBlank() || encoding.equalsIgnoreCase("identity")) {
      return true;
    }
    String name = encoding.trim().toLowerCase(Locale.ROOT);
    if (name.equals("gzip") || name.equals("x-gzip")) {
      return false;
    }
    throw ApiException.unsupported(
        "Content-Encoding must be gzip or absent, but the request has one that is not read here");
  }

  private static ApiException tooLarge(long limit) {
    String size = limit % (1 << 20) == 0 ? (limit >> 20) + " MiB" : limit + " bytes";
    return ApiException.tooLarge(
        "the body is larger than "
            + size
            + " after decompression, which is the limit here; send it in parts");
  }
}
