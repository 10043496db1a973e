package io.lumbar.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads request bodies within limits: plain or gzip, with a size limit that holds after
 * decompression, so that a small body which inflates without end is refused when it passes the
 * limit and not later.
 */
public final class Bodies {
  private static final int RETRY_SECONDS = 60;
  private static final int CROWDED_SECONDS = 5;
  private static final int BUFFER = 16 << 10;
  private static final int LONGEST_NAME = 1 << 10;
  private static final String CHARGE = "lumbar.charge";
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static volatile JsonFactory json = factory(32, 1 << 20);

  private Bodies() {}

  /**
   * Parsers that refuse documents nested deeper than 32 levels, numbers over 64 digits, and texts
   * of more than a million characters where they are looked at, or what {@link #limitJson} says.
   */
  public static JsonFactory json() {
    return json;
  }

  /**
   * Sets other limits of JSON for the whole process, before it takes any.
   *
   * @param deepest how many lists and objects may stand in each other
   * @param longestText most characters of one text
   */
  public static void limitJson(int deepest, int longestText) {
    json = factory(deepest, longestText);
  }

  private static JsonFactory factory(int deepest, int longestText) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(deepest)
                .maxNumberLength(64)
                .maxStringLength(longestText)
                .maxNameLength(LONGEST_NAME)
                .build())
        .build();
  }

  /**
   * Refuses JSON in UTF-16 or UTF-32, which a parser would take and count in characters instead of
   * bytes. JSON begins with ASCII, so that a zero among its first bytes tells.
   *
   * @throws ApiException 400 for another encoding than UTF-8
   */
  public static void requireUtf8(byte[] json) {
    boolean marked =
        json.length >= 2
            && ((json[0] == (byte) 0xFE && json[1] == (byte) 0xFF)
                || (json[0] == (byte) 0xFF && json[1] == (byte) 0xFE));
    boolean wide = false;
    for (int i = 0; i < Math.min(4, json.length); i++) {
      wide |= json[i] == 0;
    }
    if (marked || wide) {
      throw ApiException.badRequest("the body is not in UTF-8, which JSON must be; convert it");
    }
  }

  /**
   * The body, decompressed.
   *
   * <p>What goes beyond 64 KiB is counted as held until the request is answered: what it is made
   * into lives as long, and larger. It is counted as it comes, at most twice what has come: a body
   * that is announced and comes slowly takes from nobody what it may never need.
   *
   * @throws ApiException 413 beyond the limit, 415 for an unknown encoding, 400 for broken gzip,
   *     408 for a body that trickles in, 503 while too many others wait for theirs, or when the
   *     server still holds as much as it may, in all or of one token, after two seconds
   */
  public static byte[] read(Context ctx, int limit) {
    boolean plain = isPlain(ctx);
    long announced = ctx.req().getContentLengthLong();
    if (announced > limit) {
      throw tooLarge(limit);
    }
    PacedRequest request = ctx.attribute(PacedRequest.ATTRIBUTE);
    Pieces bytes = new Pieces(plain ? announced : 0, more -> hold(request, more));
    long unused = copy(ctx, bytes, limit);
    return bytes.toByteArray();
  }

  private static void hold(@Nullable PacedRequest request, long more) {
    if (request != null && !request.hold(more)) {
      throw ApiException.unavailable(
          "other large uploads are still being worked on; send it again, or in parts under %d KiB"
              .formatted(Pieces.FIRST >> 10),
          CROWDED_SECONDS);
    }
  }

  /** Bounds what one sender has the server hold at once. */
  static void sentBy(Context ctx, String sender) {
    PacedRequest request = ctx.attribute(PacedRequest.ATTRIBUTE);
    if (request != null) {
      request.sentBy(sender);
    }
  }

  /** Has something done once a request is answered, or was given up; at once without a server. */
  public static void onceAnswered(Context ctx, Runnable action) {
    PacedRequest request = ctx.attribute(PacedRequest.ATTRIBUTE);
    if (request == null) {
      action.run();
    } else {
      request.onceAnswered(action);
    }
  }

  /** Has the size of a request's body told, after decompression, as far as it was read. */
  static void onRead(Context ctx, LongConsumer charge) {
    ctx.attribute(CHARGE, charge);
  }

  /**
   * Writes the body, decompressed, to a stream without holding it in memory, and says its size,
   * which counts for the token's pace.
   *
   * @throws ApiException 413 beyond the limit, 415 for an unknown encoding, 400 for broken gzip,
   *     408 for a body that trickles in, 503 when the stream does not take it or too many others
   *     wait for their bodies
   */
  public static long copy(Context ctx, OutputStream to, long limit) {
    boolean plain = isPlain(ctx);
    PacedRequest request = ctx.attribute(PacedRequest.ATTRIBUTE);
    if (request == null || request.isWhole()) {
      return copy(ctx, plain, to, limit, request);
    }
    if (limit < HttpServer.RETAINED_BYTES) {
      throw ApiException.tooLarge(
          "the body is larger than it may be here, or comes in too many chunks");
    }
    if (!request.enter()) {
      throw ApiException.unavailable(
          "too many large uploads come in at once; send it again, or in parts under %d KiB"
              .formatted(HttpServer.RETAINED_BYTES >> 10),
          CROWDED_SECONDS);
    }
    try {
      return copy(ctx, plain, to, limit, request);
    } finally {
      request.leave();
    }
  }

  private static long copy(
      Context ctx, boolean plain, OutputStream to, long limit, @Nullable PacedRequest request) {
    LongConsumer charge = ctx.attribute(CHARGE);
    long total = 0;
    try {
      InputStream raw = ctx.bodyInputStream();
      InputStream in = plain ? raw : new GZIPInputStream(raw, BUFFER);
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        total += n;
        if (total > limit) {
          throw tooLarge(limit);
        }
        store(to, buffer, n);
      }
      return total;
    } catch (IOException e) {
      throw unread(e, request);
    } finally {
      if (charge != null) {
        charge.accept(total);
      }
    }
  }

  private static ApiException unread(IOException e, @Nullable PacedRequest request) {
    if (request != null && request.isTooSlow()) {
      return ApiException.tooSlow("the body came too slowly; send it again, or in smaller parts");
    }
    if (e instanceof ZipException || e instanceof EOFException) {
      return ApiException.badRequest("the body is not valid gzip, though Content-Encoding says so");
    }
    return ApiException.badRequest("the body could not be read to its end");
  }

  private static void store(OutputStream to, byte[] buffer, int length) {
    try {
      to.write(buffer, 0, length);
    } catch (IOException e) {
      throw ApiException.unavailable(
          "the upload cannot be stored; there is no room for it on the server's disk",
          RETRY_SECONDS);
    }
  }

  /**
   * A small JSON object whose fields are all known.
   *
   * @throws ApiException 400 that names what is wrong
   */
  public static ObjectNode object(Context ctx, int limit, Set<String> known) {
    return object(read(ctx, limit), known);
  }

  /**
   * No body, or an object without fields, of a request that takes none.
   *
   * @throws ApiException 400 that names the first field
   */
  public static void nothing(Context ctx, int limit) {
    byte[] body = read(ctx, limit);
    if (body.length > 0) {
      object(body, Set.of());
    }
  }

  private static ObjectNode object(byte[] body, Set<String> known) {
    try (JsonParser parser = json.createParser(body)) {
      JsonNode node = MAPPER.readTree(parser);
      if (!(node instanceof ObjectNode object)) {
        throw ApiException.badRequest("the body must be one JSON object");
      }
      for (var fields = object.fieldNames(); fields.hasNext(); ) {
        String field = fields.next();
        if (!known.contains(field)) {
          throw ApiException.badRequest(
              known.isEmpty()
                  ? field + ": unknown field; nothing is to be given here, so leave it out"
                  : field
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
      return where
          + "nested deeper than "
          + json.streamReadConstraints().getMaxNestingDepth()
          + " levels";
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
