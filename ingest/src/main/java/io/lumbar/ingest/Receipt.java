package io.lumbar.ingest;

import java.util.List;

/**
 * What became of an upload; {@code received} = {@code accepted} + {@code duplicate} + {@code
 * ignored} + the number of {@code rejected}.
 *
 * @param duplicate a lower bound: what the index has forgotten counts as accepted and is removed
 *     downstream
 */
record Receipt(int received, int accepted, int duplicate, int ignored, List<Rejection> rejected) {

  /** An element that was refused, where it stands and why. */
  record Rejection(String path, String reason) {}

  Receipt {
    rejected = List.copyOf(rejected);
    if (received != accepted + duplicate + ignored + rejected.size()) {
      throw new IllegalArgumentException("a receipt must add up");
    }
  }
}
