package io.lumbar.ingest;

import io.lumbar.ingest.format.Intake;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Observation;
import org.jspecify.annotations.Nullable;

/** One thing of an upload, as a format's reader understood it. */
sealed interface Element {

  /**
   * Something to keep.
   *
   * @param path where it stands in the upload
   * @param count how many elements of the upload it stands for; 0 when another counts for it
   */
  record Reading(String path, int count, Observation observation) implements Element {}

  /**
   * Samples to keep.
   *
   * @param count how many elements of the upload it stands for
   * @param identity tells it from others where its bytes do not, or null; also those of the period
   *     before or after it are the same
   */
  record Motion(String path, int count, MotionBatch batch, Intake.@Nullable Identity identity)
      implements Element {

    /** Samples that their bytes tell from others. */
    Motion(String path, int count, MotionBatch batch) {
      this(path, count, batch, null);
    }
  }

  /**
   * Something that cannot be used.
   *
   * @param raw the element as it came, or null when there is nothing to show
   */
  @SuppressWarnings("ArrayRecordComponent") // a slice on its way to the dead letters
  record Refused(String path, String reason, byte @Nullable [] raw) implements Element {}

  /** Elements that are not for us; nothing of them is kept. */
  record Ignored(int count) implements Element {}
}
