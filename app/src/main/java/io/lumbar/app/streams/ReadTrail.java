package io.lumbar.app.streams;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Follows one partition through two groups: what was uploaded by an instant must be committed by
 * the analysis, and then all that had come of it by the readers of episodes. Fed by one thread.
 */
final class ReadTrail {
  private @Nullable Mark uploads;
  private @Nullable Mark episodes;
  private volatile long readUpTo;

  /** Where topics ended at an instant. */
  private record Mark(long at, Map<TopicPartition, Long> ends) {

    boolean isReached(Map<TopicPartition, Long> read) {
      return ends.entrySet().stream()
          .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
  }

  /** How far topics were read, asked first, and where they ended, asked after that. */
  record Offsets(Map<TopicPartition, Long> read, Map<TopicPartition, Long> ends) {

    /** Those of one partition number. */
    Offsets of(int partition) {
      return new Offsets(of(read, partition), of(ends, partition));
    }

    private static Map<TopicPartition, Long> of(Map<TopicPartition, Long> all, int partition) {
      return all.entrySet().stream()
          .filter(one -> one.getKey().partition() == partition)
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  /**
   * Takes what the broker says.
   *
   * @param at before it was asked
   */
  void look(long at, Offsets analysis, Offsets own) {
    if (episodes != null && episodes.isReached(own.read())) {
      readUpTo = episodes.at();
      episodes = null;
    }
    if (uploads == null) {
      uploads = new Mark(at, analysis.ends());
    } else if (uploads.isReached(analysis.read())) {
      // A mark that is followed already is not moved, or a steady stream would never reach it.
      episodes = episodes == null ? new Mark(uploads.at(), own.ends()) : episodes;
      uploads = new Mark(at, analysis.ends());
    }
  }

  /** The broker was away: what was known of it may be old. */
  void lost() {
    uploads = null;
    episodes = null;
  }

  /** All that was uploaded before this instant is known; 0 before that can be said. */
  long readUpTo() {
    return readUpTo;
  }
}
