package io.lumbar.ingest.connect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** The pages' files, read once from the class path. */
final class PageFiles {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String PNG = "image/png";
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("index.html", HTML),
          Map.entry("gone.html", HTML),
          Map.entry("add.html", HTML),
          Map.entry("calibrate.html", HTML),
          Map.entry("connect.css", CSS),
          Map.entry("calibrate.css", CSS),
          Map.entry("connect.js", SCRIPT),
          Map.entry("add.js", SCRIPT),
          Map.entry("calibrate.js", SCRIPT),
          Map.entry("poses.js", SCRIPT),
          Map.entry("voice.js", SCRIPT),
          Map.entry("clock.js", SCRIPT),
          Map.entry("motion.js", SCRIPT),
          Map.entry("record.js", SCRIPT),
          Map.entry("screen.js", SCRIPT),
          Map.entry("sender.js", SCRIPT),
          Map.entry("store.js", SCRIPT),
          Map.entry("worker.js", SCRIPT),
          Map.entry("icon.svg", "image/svg+xml"),
          Map.entry("icon-180.png", PNG),
          Map.entry("icon-192.png", PNG),
          Map.entry("icon-512.png", PNG));

  private final Map<String, File> files = new LinkedHashMap<>();

  PageFiles() {
    TYPES.forEach((name, type) -> files.put(name, new File(bytes(name), type)));
  }

  /** A file with its content type. */
  static final class File {
    private final byte[] bytes;
    private final String type;
    private final String tag;

    File(byte[] bytes, String type) {
      CRC32 sum = new CRC32();
      sum.update(bytes);
      this.bytes = bytes;
      this.type = type;
      this.tag = '"' + Long.toHexString(sum.getValue()) + '-' + bytes.length + '"';
    }

    byte[] bytes() {
      return bytes;
    }

    String type() {
      return type;
    }

    String tag() {
      return tag;
    }
  }

  Optional<File> find(String name) {
    return Optional.ofNullable(files.get(name));
  }

  File get(String name) {
    return find(name).orElseThrow();
  }

  private static byte[] bytes(String name) {
    try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
