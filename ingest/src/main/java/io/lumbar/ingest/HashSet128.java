package io.lumbar.ingest;

/** A set of 128-bit hashes in one array, by open addressing. Not thread-safe. */
final class HashSet128 {
  private long[] slots;
  private int size;

  HashSet128(int expected) {
    slots = new long[2 * Integer.highestOneBit(Math.max(8, expected) * 4 - 1)];
  }

  int size() {
    return size;
  }

  boolean contains(long high, long low) {
    int slot = find(slots, high, low);
    return slots[slot] != 0 || slots[slot + 1] != 0;
  }

  /** Adds a hash; false when it was there. */
  boolean add(long high, long low) {
    int slot = find(slots, high, low);
    if (slots[slot] != 0 || slots[slot + 1] != 0) {
      return false;
    }
    slots[slot] = high;
    slots[slot + 1] = low;
    size++;
    // Two longs a slot: full beyond two thirds of the slots.
    if (size * 3L > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] bigger = new long[slots.length * 2];
    for (int i = 0; i < slots.length; i += 2) {
      if (slots[i] != 0 || slots[i + 1] != 0) {
        int slot = find(bigger, slots[i], slots[i + 1]);
        bigger[slot] = slots[i];
        bigger[slot + 1] = slots[i + 1];
      }
    }
    slots = bigger;
  }

  private static int find(long[] slots, long high, long low) {
    int mask = slots.length - 2;
    int slot = ((int) low << 1) & mask;
    while ((slots[slot] != 0 || slots[slot + 1] != 0)
        && (slots[slot] != high || slots[slot + 1] != low)) {
      slot = (slot + 2) & mask;
    }
    return slot;
  }
}
