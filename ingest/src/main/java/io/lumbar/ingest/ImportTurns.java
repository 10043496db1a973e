package io.lumbar.ingest;

import io.lumbar.model.WearerId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whose import is next: wearers in turn, each wearer's imports in their order and one at a time, so
 * that nobody waits behind all that another has sent. Thread-safe.
 */
final class ImportTurns {
  private final Map<WearerId, Deque<Runnable>> waiting = new LinkedHashMap<>();
  private final Set<WearerId> busy = new HashSet<>();

  /** An import whose turn it is. */
  record Turn(WearerId wearer, Runnable work) {}

  synchronized void add(WearerId wearer, Runnable work) {
    waiting.computeIfAbsent(wearer, unused -> new ArrayDeque<>()).add(work);
    notifyAll();
  }

  /** Waits for one; to be given back by {@link #over}. */
  synchronized Turn next() throws InterruptedException {
    while (true) {
      for (Iterator<Map.Entry<WearerId, Deque<Runnable>>> each = waiting.entrySet().iterator();
          each.hasNext(); ) {
        Map.Entry<WearerId, Deque<Runnable>> entry = each.next();
        WearerId wearer = entry.getKey();
        if (busy.add(wearer)) {
          Deque<Runnable> own = entry.getValue();
          Runnable work = own.remove();
          each.remove();
          if (!own.isEmpty()) {
            waiting.put(wearer, own);
          }
          return new Turn(wearer, work);
        }
      }
      wait();
    }
  }

  /** Lets the wearer's next import come to its turn. */
  synchronized void over(Turn turn) {
    busy.remove(turn.wearer());
    notifyAll();
  }
}
