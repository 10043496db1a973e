package io.lumbar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
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
import java.util.function.LongConsumer;
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
  private static final int PATIENCE_SECONDS = 20;
  private static final int LEAST_BYTES_A_SECOND = 512;
  private static final int LONGEST_NAME = 1 << 10;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final String CHARGE = "lumbar.charge";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxNumberLength(64)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_NAME)
                  .build())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

  private Bodies() {}

  /**
   * Parsers that refuse documents nested deeper than 32 levels, numbers over 64 digits, and texts
   * of more than a million characters where they are looked at.
   */
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
    LongConsumer charge = ctx.attribute(CHARGE);
    try {
      copy(ctx, bytes, limit);
    } finally {
      if (charge != null) {
        charge.accept(bytes.size());
      }
    }
    return bytes.toByteArray();
  }

  /** Has the size of a request's body told, after decompression, once it was read into memory. */
  static void onRead(Context ctx, LongConsumer charge) {
    ctx.attribute(CHARGE, charge);
  }

  /**
   * Writes the body, decompressed, to a stream without holding it in memory, and says its size.
   *
   * @throws ApiException 413 beyond the limit, 415 for an unknown encoding, 400 for broken gzip,
   *     408 for a body that trickles in, 503 when the stream does not take it
   */
  public static long copy(Context ctx, OutputStream to, long limit) {
    boolean plain = isPlain(ctx);
    try {
      InputStream raw = ctx.bodyInputStream();
      InputStream in = plain ? raw : new GZIPInputStream(raw, BUFFER);
      byte[] buffer = new byte[BUFFER];
      long total = 0;
      long begun = System.nanoTime();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limit) {
          throw tooLarge(limit);
        }
        if (isTooSlow(total, System.nanoTime() - begun)) {
          throw ApiException.tooSlow(
              "the body came too slowly; send it again, or in smaller parts");
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

  /** Only after a while, because a phone may pass through a tunnel. */
  private static boolean isTooSlow(long bytes, long nanos) {
    double seconds = nanos / 1e9;
    return seconds > PATIENCE_SECONDS && bytes / seconds < LEAST_BYTES_A_SECOND;
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
    if (e instanceof StreamConstraintsException) {
      return where + "a text, name or number in it is too long";
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
