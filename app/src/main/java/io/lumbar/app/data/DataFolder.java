package io.lumbar.app.data;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.model.RandomIds;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one installation, held by this process alone until it is closed (or dies: the lock
 * is the operating system's).
 *
 * <p>In it: {@code kafka/}, {@code state/}, {@code logs/}, {@code history.db}, and the small files
 * that only the owner may read: {@code instance.json} while running, {@code owner-token}, {@code
 * cookie-key}.
 */
public final class DataFolder implements AutoCloseable {
  private static final String KAFKA = "kafka";

  /**
   * Those that this process holds. To look at its own lock through a second channel would end it:
   * closing any channel of a file gives up the process's locks on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel lockFile, FileLock lock) {
    this.root = root;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Takes the folder, which is created when it is missing.
   *
   * @throws UserMistake when it is a file, cannot be written, or another process holds it
   */
  public static DataFolder open(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      PrivateFiles.createFolder(root);
    } catch (FileAlreadyExistsException e) {
      throw new UserMistake(e.getFile() + " is a file; choose a folder with --data DIR");
    } catch (IOException e) {
      throw new UserMistake(
          "cannot create the folder "
              + root
              + " ("
              + PrivateFiles.reason(e)
              + "); choose another with --data DIR");
    }
    if (!HELD.add(root)) {
      throw inUse(root);
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw inUse(root);
      }
      // Of one who was killed: it answers no more, and another may have its port and number now.
      Instance.remove(root);
      taken = true;
      return new DataFolder(root, channel, lock);
    } catch (IOException e) {
      close(channel);
      throw new UserMistake(
          "cannot write to the folder "
              + root
              + " ("
              + PrivateFiles.reason(e)
              + "); give yourself permission (chmod u+rwx "
              + root
              + ") or choose another with --data DIR");
    } finally {
      if (!taken) {
        HELD.remove(root);
      }
    }
  }

  /** Whether a Lumbar has run on a folder. */
  public static boolean isUsed(Path folder) {
    return Files.exists(folder.resolve(KAFKA));
  }

  /**
   * Looks whether a process holds a folder, without taking or making it.
   *
   * @throws UserMistake when one does
   */
  public static void requireFree(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    if (isHeld(root)) {
      throw inUse(root);
    }
  }

  /** False too where that cannot be found out. */
  private static boolean isHeld(Path root) {
    if (HELD.contains(root)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.WRITE)) {
      @Nullable FileLock lock = tryLock(channel);
      if (lock != null) {
        lock.release();
      }
      return lock == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static UserMistake inUse(Path root) {
    String who =
        Instance.read(root)
            .map(instance -> " (process " + instance.pid() + ", " + instance.url() + ")")
            .orElse("");
    return new UserMistake(
        root
            + " is in use by another Lumbar"
            + who
            + "; use that one, stop it, or choose another folder with --data DIR");
  }

  /** The folder itself, absolute. */
  public Path root() {
    return root;
  }

  /** What the embedded broker keeps. */
  public Path kafka() {
    return root.resolve(KAFKA);
  }

  /** The working copies of Kafka Streams; they may be deleted while nothing runs. */
  public Path state() {
    return root.resolve("state");
  }

  /** The embedded history. */
  public Path history() {
    return root.resolve("history.db");
  }

  /** Morning reports as files. */
  public Path reports() {
    return root.resolve("reports");
  }

  /** The log files. */
  public Path logs() {
    return root.resolve("logs");
  }

  /** The token that reads and manages all; made once, the same after every restart. */
  public String ownerToken() {
    return kept("owner-token", () -> RandomIds.secret("lo_"));
  }

  /** What signs the pages' cookies; made once. */
  public String cookieKey() {
    return kept("cookie-key", () -> RandomIds.secret(""));
  }

  /**
   * Publishes where this process answers, for the commands and for the message that the folder is
   * in use; {@link #close} takes it back.
   */
  public void publish(Instance instance) {
    instance.write(root);
  }

  private String kept(String name, Supplier<String> fresh) {
    return PrivateFiles.keep(root.resolve(name), fresh);
  }

  @Override
  public void close() {
    Instance.remove(root);
    try {
      lock.release();
    } catch (IOException e) {
      throw new IllegalStateException("cannot release " + root, e);
    } finally {
      close(lockFile);
      HELD.remove(root);
    }
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot close the lock file", e);
    }
  }

  /**
   * The instance that publishes itself in a folder, read without taking the folder.
   *
   * <p>What a killed one left does not count: its process's number may be another's by now, and the
   * port in it a stranger's, who must not be sent the owner's token. So somebody has to hold the
   * folder.
   */
  public static Optional<Instance> runningIn(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    return Instance.read(root)
        .filter(instance -> ProcessHandle.of(instance.pid()).isPresent())
        .filter(instance -> isHeld(root));
  }
}
