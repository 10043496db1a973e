package io.lumbar.app.streams;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.TaskId;

/**
 * Of how many partitions a process has the work, and of how many a warm copy; and what it had to
 * read of changelogs for either: a take-over that found a copy reads next to nothing. Thread-safe.
 */
public final class StateCopies {
  private final KafkaStreams streams;
  private final LongAdder restored = new LongAdder();
  private final LongAdder copied = new LongAdder();

  /** Of each changelog that is followed, how many offsets behind its end the copy was last. */
  private final Map<TopicPartition, Long> behind = new ConcurrentHashMap<>();

  private StateCopies(KafkaStreams streams) {
    this.streams = streams;
  }

  /** Watches a client that was not started yet. */
  static StateCopies of(KafkaStreams streams) {
    StateCopies copies = new StateCopies(streams);
    streams.setGlobalStateRestoreListener(copies.new Restoring());
    streams.setStandbyUpdateListener(copies.new Following());
    return copies;
  }

  /** Partitions that are worked on here. */
  public long active() {
    return partitions(ThreadMetadata::activeTasks);
  }

  /** Partitions of which a copy is kept warm here, for another process. */
  public long standby() {
    return partitions(ThreadMetadata::standbyTasks);
  }

  private long partitions(Function<ThreadMetadata, Set<TaskMetadata>> tasks) {
    if (!streams.state().isRunningOrRebalancing()) {
      return 0;
    }
    return streams.metadataForLocalThreads().stream()
        .flatMap(thread -> tasks.apply(thread).stream())
        .map(task -> task.taskId().partition())
        .distinct()
        .count();
  }

  /** Records that were read from changelogs before work on a partition could begin or go on. */
  public long restored() {
    return restored.sum();
  }

  /** Records that were read from changelogs for warm copies. */
  public long copied() {
    return copied.sum();
  }

  /** How many offsets the warm copies are behind, as far as was seen with the last that came. */
  public long behind() {
    return behind.values().stream().mapToLong(Long::longValue).sum();
  }

  private final class Restoring implements StateRestoreListener {
    @Override
    public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long offset, long count) {
      restored.add(count);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long total) {}
  }

  private final class Following implements StandbyUpdateListener {
    @Override
    public void onUpdateStart(TopicPartition partition, String store, long from) {}

    @Override
    public void onBatchLoaded(
        TopicPartition partition, String store, TaskId task, long last, long count, long end) {
      copied.add(count);
      behind.put(partition, Math.max(0, end - last - 1));
    }

    @Override
    public void onUpdateSuspended(
        TopicPartition partition, String store, long last, long end, SuspendReason reason) {
      behind.remove(partition);
    }
  }
}
