package io.lumbar.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Takes what an adapter finds in an upload. What is handed over only counts when the whole upload
 * was read.
 */
public interface Intake {

  /**
   * Something to keep.
   *
   * @param path where it stands in the upload
   * @param count how many elements of the upload it stands for; 0 when another counts for it
   */
  void keep(String path, int count, Observation observation);

  /** Samples to keep, likewise. */
  void keep(String path, int count, MotionBatch batch);

  /**
   * A measurement that several may have heard, each at its own time; of those of one identity the
   * first is kept.
   */
  void keepOnce(String path, MotionBatch batch, Identity identity);

  /**
   * What whoever heard a measurement knows it by.
   *
   * @param name no other measurement's of the same, the last and the next period
   * @param period the number of the period of time in which it was heard, which is another one for
   *     those who heard it on either side of a period's end
   */
  record Identity(String name, long period) {}

  /**
   * One element that cannot be used.
   *
   * @param element as it came, or null when there is nothing to show; private fields are removed
   *     before it is written anywhere
   */
  void refuse(String path, String reason, @Nullable JsonNode element);

  /** Elements that are not for us; nothing of them is kept. */
  void ignore(int count);

  /**
   * The upload only tests the connection.
   *
   * @param client what the client calls itself
   */
  void hello(String client);

  /**
   * The upload is one of a numbered series.
   *
   * @param series such as a recording
   * @param number grows by one from message to message; they may arrive in any order
   * @param from when its first reading was taken; behind {@code to} when it has none
   * @param to when its last reading was taken
   */
  void message(String series, long number, Instant from, Instant to);

  /** A sentence for the client's user, about what only the user can mend. */
  void advise(String sentence);

  /**
   * Reads an element; what its fields break is one refusal at their path, and so is an observation
   * that cannot be.
   */
  default void read(Item item, Reading reading) {
    try {
      reading.run();
    } catch (Fault e) {
      refuse(e.path(), e.reason(), item.node());
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      refuse(item.path(), "cannot be: " + e.getMessage(), item.node());
    }
  }

  /** Reads one element and hands it over as its last step. */
  @FunctionalInterface
  interface Reading {
    void run();
  }
}
