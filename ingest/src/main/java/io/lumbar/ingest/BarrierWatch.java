package io.lumbar.ingest;

import io.lumbar.model.WearerId;

/**
 * Tells an import when the history has everything that was written before its barrier. May throw
 * when the history cannot be reached; the import then asks again.
 */
@FunctionalInterface
public interface BarrierWatch {

  /** True once the barrier and all before it have arrived. */
  boolean passed(WearerId wearer, String barrierId);
}
