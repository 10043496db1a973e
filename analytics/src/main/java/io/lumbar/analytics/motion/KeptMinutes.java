package io.lumbar.analytics.motion;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The minutes of one sensor in a store, with those looked at last in memory.
 *
 * <p>Whole UTC days are kept, as {@link OpenDays} has it. Of a closed day the first and the last
 * two hours stay while the day next to them is open, since they bear on it; they are not judged any
 * more.
 *
 * <p>Right as long as this is the only writer of its keys. Form of what is kept: 8 bytes first
 * minute, 8 bytes behind the last, then the open days; without those, as it was written once, the
 * last 48 hours are open.
 */
final class KeptMinutes implements Minutes {
  /** Enough for the longest look back at stillness, and for late batches beside it. */
  private static final int RECENT = 256;

  /** What was judged where the form does not tell which days are open. */
  private static final Duration ONCE_JUDGED = Duration.ofDays(2);

  /** Minutes around an open day that bear on it: stillness reaches that far. */
  private static final int CONTEXT = 120;

  private final KeyValueStore<String, byte[]> store;
  private final String sensor;
  private final String prefix;
  private final OpenDays days = new OpenDays();
  private long first;
  private long last;
  private boolean closedRead;
  private boolean hasOpened;
  private boolean isOfOldForm;

  private final Map<Long, Entry> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Entry> eldest) {
          return size() > RECENT && !eldest.getValue().dirty;
        }
      };

  /** A minute as it is, missing ones too. */
  private static final class Entry {
    private @Nullable Minute minute;
    private boolean dirty;
  }

  KeptMinutes(KeyValueStore<String, byte[]> store, String sensor) {
    this.store = store;
    this.sensor = sensor;
    prefix = sensor + "|m";
    byte[] known = store.get(knownKey());
    if (known != null) {
      ByteBuffer in = ByteBuffer.wrap(known);
      first = in.getLong();
      last = in.getLong();
      if (in.hasRemaining()) {
        days.decodeOpen(in);
      } else {
        openWhatWasJudged();
      }
    }
  }

  private void openWhatWasJudged() {
    long oldest =
        Math.max(first, Math.floorDiv(last * Minute.SECONDS - ONCE_JUDGED.toSeconds(), 3_600) * 60);
    for (long day = OpenDays.dayOf(oldest); day <= OpenDays.dayOf(last - 1); day++) {
      days.written(day);
    }
    readClosed();
    for (long minute = first; minute < oldest; minute++) {
      days.letGo(minute);
    }
    isOfOldForm = true;
  }

  @Override
  public @Nullable Minute find(long minute) {
    return minute < first || minute >= last ? null : entry(minute).minute;
  }

  @Override
  public Minute open(long minute) {
    Entry entry = entry(minute);
    if (entry.minute == null) {
      entry.minute = new Minute();
    }
    return entry.minute;
  }

  @Override
  public void changed(long minute) {
    entry(minute).dirty = true;
    hasOpened |= days.written(OpenDays.dayOf(minute));
    first = first == last ? minute : Math.min(first, minute);
    last = Math.max(last, minute + 1);
  }

  @Override
  public boolean isLetGo(long minute) {
    readClosed();
    return days.isLetGo(minute);
  }

  /** Whether ten minutes, given by their first second, can be judged from what is kept. */
  boolean isKept(long block) {
    long minute = Math.floorDiv(block, Minute.SECONDS);
    return days.isOpen(OpenDays.dayOf(minute))
        && minute < last
        && minute + LimbMotion.BLOCK_SECONDS / Minute.SECONDS > first
        && !isLetGo(minute);
  }

  /** Whether a walk in a minute may bear on what is kept. */
  boolean isNear(long minute) {
    long day = OpenDays.dayOf(minute);
    return days.isOpen(day) || days.isOpen(day - 1) || days.isOpen(day + 1);
  }

  @Override
  public Range known() {
    return new Range(first * Minute.SECONDS, last * Minute.SECONDS);
  }

  /** Writes what changed. */
  void save() {
    boolean any = false;
    for (Map.Entry<Long, Entry> one : recent.entrySet()) {
      Entry entry = one.getValue();
      if (entry.dirty && entry.minute != null) {
        store.put(key(one.getKey()), entry.minute.encode());
        entry.dirty = false;
        any = true;
      }
    }
    if (any) {
      saveKnown();
      while (recent.size() > RECENT) {
        recent.remove(recent.keySet().iterator().next());
      }
    }
  }

  /** Closes the days that make room for one that was opened; says whether it did. */
  boolean forget() {
    if (!hasOpened) {
      return false;
    }
    hasOpened = false;
    readClosed();
    return close(days.surplus());
  }

  /** Closes those of the open days of whose last minute a condition holds; says whether it did. */
  boolean forgetIf(LongPredicate lastMinute) {
    return close(days.ending(lastMinute));
  }

  boolean isEmpty() {
    return first == last;
  }

  /** Removes all of them. */
  void forgetAll() {
    close(List.copyOf(days.open()));
    delete(first, last);
    first = last;
    store.delete(knownKey());
  }

  private boolean close(List<Long> closing) {
    if (closing.isEmpty()) {
      return false;
    }
    readClosed();
    for (long day : closing) {
      long from = day * OpenDays.DAY_MINUTES;
      long to = from + OpenDays.DAY_MINUTES;
      days.close(day, between(from, to));
      boolean isBeforeOpen = days.isOpen(day + 1);
      boolean isBehindOpen = days.isOpen(day - 1);
      delete(
          isBehindOpen ? from + CONTEXT : from - CONTEXT,
          isBeforeOpen ? to - CONTEXT : to + CONTEXT);
    }
    store.put(closedKey(), days.encodeClosed());
    if (!days.open().isEmpty()) {
      first = Math.max(first, Collections.min(days.open()) * OpenDays.DAY_MINUTES - CONTEXT);
      saveKnown();
    }
    return true;
  }

  private List<Long> between(long from, long to) {
    List<Long> known = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.range(key(from), key(to - 1))) {
      while (all.hasNext()) {
        String key = all.next().key;
        known.add(Long.parseLong(key.substring(prefix.length()), 16));
      }
    }
    return known;
  }

  private void delete(long from, long to) {
    between(from, to).forEach(minute -> store.delete(key(minute)));
    recent.keySet().removeIf(minute -> minute >= from && minute < to);
  }

  private void readClosed() {
    if (!closedRead) {
      closedRead = true;
      byte[] bytes = store.get(closedKey());
      if (bytes != null) {
        days.decodeClosed(bytes);
      }
    }
  }

  private void saveKnown() {
    if (isOfOldForm) {
      isOfOldForm = false;
      store.put(closedKey(), days.encodeClosed());
    }
    byte[] open = days.encodeOpen();
    store.put(
        knownKey(),
        ByteBuffer.allocate(2 * Long.BYTES + open.length)
            .putLong(first)
            .putLong(last)
            .put(open)
            .array());
  }

  private String knownKey() {
    return sensor + "|k";
  }

  private String closedKey() {
    return sensor + "|c";
  }

  private Entry entry(long minute) {
    Entry entry = recent.get(minute);
    if (entry == null) {
      entry = new Entry();
      byte[] bytes = store.get(key(minute));
      entry.minute = bytes == null ? null : Minute.decode(bytes);
      recent.put(minute, entry);
    }
    return entry;
  }

  private String key(long minute) {
    String number = Long.toHexString(minute);
    return prefix + "00000000".substring(number.length()) + number;
  }
}
