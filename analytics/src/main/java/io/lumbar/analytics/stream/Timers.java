package io.lumbar.analytics.stream;

import io.lumbar.model.TimerGuard;
import io.lumbar.model.WearerPartitioner;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When to look at a wearer again although nothing new has come: kept in memory for speed and in a
 * store so that a restart knows them. One due time per key; setting it again replaces it.
 *
 * <p>A due time that moves on with every record stays queued where it was, and is queued again when
 * that time has come: else each move would leave an entry behind for as long as a timer takes.
 */
public final class Timers {
  private static final long NEVER = Long.MAX_VALUE;

  private final KeyValueStore<String, Long> store;
  private final Map<String, Timer> timers = new HashMap<>();
  private final PriorityQueue<Entry> queue =
      new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));

  private record Entry(String key, long at) {}

  /** When a key is due, and the time at which its entry stands in the queue, never a later one. */
  private static final class Timer {
    private long due;
    private long queued;

    Timer(long due) {
      this.due = due;
      queued = due;
    }
  }

  /** Opens the timers and reads back those that a former run had set. */
  public Timers(KeyValueStore<String, Long> store) {
    this.store = store;
    try (KeyValueIterator<String, Long> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, Long> timer = all.next();
        timers.put(timer.key, new Timer(timer.value));
        queue.add(new Entry(timer.key, timer.value));
      }
    }
  }

  /** Sets the due time of a key in epoch milliseconds, or removes it. */
  public void set(String key, OptionalLong due) {
    Timer timer = timers.get(key);
    boolean wasSet = timer != null && timer.due != NEVER;
    if (due.isEmpty()) {
      if (timer != null && wasSet) {
        timer.due = NEVER;
        store.delete(key);
      }
      return;
    }
    long at = due.getAsLong();
    if (timer == null) {
      timers.put(key, new Timer(at));
      queue.add(new Entry(key, at));
    } else {
      timer.due = at;
      if (at < timer.queued) {
        timer.queued = at;
        queue.add(new Entry(key, at));
      }
    }
    // A stored time that is too early only means one look too many, so most moves are not written.
    if (!wasSet || at < stored(key)) {
      store.put(key, at);
    }
  }

  /** Forgets the keys of a wearer, whose stored times are gone already. */
  public void drop(String wearer) {
    timers.keySet().removeIf(key -> WearerPartitioner.wearer(key).equals(wearer));
    queue.removeIf(entry -> WearerPartitioner.wearer(entry.key).equals(wearer));
  }

  /** True when a key has a due time. */
  public boolean isSet(String key) {
    Timer timer = timers.get(key);
    return timer != null && timer.due != NEVER;
  }

  /** The earliest due time in epoch milliseconds. */
  public OptionalLong next() {
    settleFirst();
    Entry first = queue.peek();
    return first == null ? OptionalLong.empty() : OptionalLong.of(first.at);
  }

  /** Takes the next key that is due, or null. */
  public @Nullable String takeDue(long now) {
    OptionalLong next = next();
    if (next.isEmpty() || next.getAsLong() > now) {
      return null;
    }
    String key = queue.remove().key;
    timers.remove(key);
    store.delete(key);
    return key;
  }

  /** Looks at all keys that are due, as {@link #lookAtNext} does. */
  public void lookAtDue(long now, TimerGuard guard, Consumer<String> look) {
    boolean more = true;
    while (more) {
      more = lookAtNext(now, guard, look);
    }
  }

  /**
   * Takes the next key that is due and looks at it; one whose look fails is due again later.
   *
   * @return false when none is due
   * @throws org.apache.kafka.common.KafkaException when the look fails by more than its wearer
   */
  public boolean lookAtNext(long now, TimerGuard guard, Consumer<String> look) {
    String key = takeDue(now);
    if (key == null) {
      return false;
    }
    if (!guard.look(key, () -> look.accept(key))) {
      set(key, OptionalLong.of(now + TimerGuard.AGAIN.toMillis()));
    }
    return true;
  }

  /** How many entries are held in memory, for tests: about one a key. */
  int queued() {
    return queue.size();
  }

  /** Leaves at the head an entry whose key is due then. */
  private void settleFirst() {
    for (Entry first = queue.peek(); first != null; first = queue.peek()) {
      Timer timer = timers.get(first.key);
      if (timer == null || timer.queued != first.at) {
        queue.remove();
      } else if (timer.due == first.at) {
        return;
      } else {
        queue.remove();
        requeue(first.key, timer);
      }
    }
  }

  private void requeue(String key, Timer timer) {
    if (timer.due == NEVER) {
      timers.remove(key);
    } else {
      timer.queued = timer.due;
      queue.add(new Entry(key, timer.due));
    }
  }

  private long stored(String key) {
    Long due = store.get(key);
    return due == null ? Long.MAX_VALUE : due;
  }
}
