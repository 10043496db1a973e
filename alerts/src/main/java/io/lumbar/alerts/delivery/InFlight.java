package io.lumbar.alerts.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records are still being worked on, so that only what lies before all of them is committed.
 * Thread-safe.
 */
final class InFlight {
  private final Map<TopicPartition, Progress> partitions = new HashMap<>();
  private int size;

  private static final class Progress {
    private final NavigableSet<Long> open = new TreeSet<>();
    private long next;
    private long committed = -1;
  }

  /**
   * A record being worked on. It stays ours until its partition is taken away, and is not ours
   * again when the partition comes back: the record is read anew then, and has another hold.
   */
  final class Hold {
    private final TopicPartition partition;
    private final Progress progress;
    private final long offset;

    private Hold(TopicPartition partition, Progress progress, long offset) {
      this.partition = partition;
      this.progress = progress;
      this.offset = offset;
    }

    boolean isOurs() {
      synchronized (InFlight.this) {
        return partitions.get(partition) == progress;
      }
    }

    /** The work is done; changes nothing when the record is not ours any more. */
    void end() {
      synchronized (InFlight.this) {
        if (isOurs() && progress.open.remove(offset)) {
          size--;
        }
      }
    }
  }

  synchronized Hold begin(TopicPartition partition, long offset) {
    Progress progress = partitions.computeIfAbsent(partition, p -> new Progress());
    progress.open.add(offset);
    progress.next = offset + 1;
    size++;
    return new Hold(partition, progress, offset);
  }

  /** How many are being worked on. */
  synchronized int size() {
    return size;
  }

  /** The offsets to commit that were not handed out before. */
  synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    partitions.forEach(
        (partition, progress) -> {
          long done = progress.open.isEmpty() ? progress.next : progress.open.first();
          if (done > progress.committed) {
            progress.committed = done;
            offsets.put(partition, new OffsetAndMetadata(done));
          }
        });
    return offsets;
  }

  /** Another instance goes on with this partition, or we begin it anew. */
  synchronized void forget(TopicPartition partition) {
    Progress progress = partitions.remove(partition);
    size -= progress == null ? 0 : progress.open.size();
  }
}
