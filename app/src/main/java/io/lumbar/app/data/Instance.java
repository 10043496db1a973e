package io.lumbar.app.data;

import io.lumbar.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/**
 * A running Lumbar as {@code instance.json} names it.
 *
 * @param url where its HTTP server answers on this machine
 * @param ownerToken reads and manages all
 * @param pid its process
 * @param kafka the broker's address, for tools on this machine
 */
public record Instance(String url, String ownerToken, long pid, String kafka) {
  private static final String FILE = "instance.json";

  /** Without the token, which must not reach a log. */
  @Override
  public String toString() {
    return "Instance[" + url + ", process " + pid + "]";
  }

  void write(Path folder) {
    PrivateFiles.write(folder.resolve(FILE), Json.bytes(this));
  }

  static Optional<Instance> read(Path folder) {
    try {
      return Optional.of(Json.read(Files.readAllBytes(folder.resolve(FILE)), Instance.class));
    } catch (IOException | SerializationException e) {
      return Optional.empty();
    }
  }

  static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(FILE));
    } catch (IOException e) {
      throw new IllegalStateException("cannot delete " + folder.resolve(FILE), e);
    }
  }
}
