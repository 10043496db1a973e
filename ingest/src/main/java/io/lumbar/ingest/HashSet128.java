package io.lumbar.ingest;

/**
 * A set of 128-bit hashes in one array, by open addressing. A small filter before it answers most
 * questions for what is not there without touching the array, which is far larger than a cache. Not
 * thread-safe.
 */
final class HashSet128 {
  private long[] slots;
  private long[] filter;
  private int size;

  HashSet128(int expected) {
    slots = new long[2 * Integer.highestOneBit(Math.max(8, expected) * 4 - 1)];
    filter = new long[filterLength()];
  }

  int size() {
    return size;
  }

  boolean contains(long high, long low) {
    long bits = bits(high);
    if ((filter[word(high)] & bits) != bits) {
      return false;
    }
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
    filter[word(high)] |= bits(high);
    size++;
    // Two longs a slot: full beyond two thirds of the slots.
    if (size * 3L > slots.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] smaller = slots;
    long[] bigger = new long[smaller.length * 2];
    slots = bigger;
    filter = new long[filterLength()];
    for (int i = 0; i < smaller.length; i += 2) {
      if (smaller[i] != 0 || smaller[i + 1] != 0) {
        int slot = find(bigger, smaller[i], smaller[i + 1]);
        bigger[slot] = smaller[i];
        bigger[slot + 1] = smaller[i + 1];
        filter[word(smaller[i])] |= bits(smaller[i]);
      }
    }
  }

  /** Eight bits for each slot, of which at most two thirds are taken: 12 or more for each hash. */
  private int filterLength() {
    return Math.max(1, slots.length / 16);
  }

  private int word(long high) {
    return (int) (high >>> 12) & (filter.length - 1);
  }

  private static long bits(long high) {
    return (1L << high) | (1L << (high >>> 6));
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
