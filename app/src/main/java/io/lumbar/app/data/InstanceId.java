package io.lumbar.app.data;

import io.lumbar.app.fault.UserMistake;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The lasting name of one process of an installation: a UUID in its state folder, so that after a
 * kill Kafka hands the same member its partitions back at once.
 */
public final class InstanceId {
  private static final String FILE = "instance-id";

  private InstanceId() {}

  /** The id kept in a folder, which is made when it is missing. */
  public static UUID in(Path folder) {
    Path file = folder.resolve(FILE);
    String text = PrivateFiles.keep(file, () -> UUID.randomUUID().toString());
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new UserMistake(file + " does not hold a UUID; delete it to get a new one");
    }
  }
}
