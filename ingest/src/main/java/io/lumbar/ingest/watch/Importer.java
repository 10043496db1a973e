package io.lumbar.ingest.watch;

import java.nio.file.Path;
import java.util.Optional;

/** What the folder hands its files to. */
public interface Importer {

  /**
   * A file that has arrived.
   *
   * @param folder the one that is watched
   * @param path of the file in it
   * @param wearer the name of the folder that it lies in
   * @param place the name of the folder in between, or empty
   * @param size in bytes, as long as it was when it came to rest
   */
  record Arrival(Path folder, Path path, String wearer, String place, long size) {}

  /** What becomes of a file. */
  sealed interface Answer {

    /** It is being imported. */
    record Working(String id) implements Answer {}

    /** It cannot be, for a reason that a person can read. */
    record Refused(String sentence) implements Answer {}

    /** Not at the moment; it may be handed over again. */
    record Later() implements Answer {}
  }

  /**
   * How an import ended.
   *
   * @param done whether the history has it
   * @param words for the person whose file it is
   */
  record Ending(boolean done, String words) {}

  /**
   * Starts to import a copy of a file. Handing over the same content for the same wearer again
   * while it is being imported, or after that, starts nothing and gives the same id.
   */
  Answer begin(Arrival arrival);

  /** How an import ended, or empty while it goes on. */
  Optional<Ending> ending(String id);
}
