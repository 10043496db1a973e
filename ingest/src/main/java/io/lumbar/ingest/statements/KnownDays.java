package io.lumbar.ingest.statements;

import io.lumbar.model.WearerId;
import java.time.LocalDate;
import java.util.Optional;

/** Tells of a wearer's days what the history knows of them. Called by several threads at once. */
@FunctionalInterface
public interface KnownDays {
  /** Of a history that knows none. */
  KnownDays NONE = (wearer, date) -> Optional.empty();

  /**
   * For how many days of data the wearer's days stay open, where the date is so much older than the
   * newest data that what it was made of is no longer kept, unless an import built it lately; empty
   * where the date may still be open, and where that cannot be looked up.
   *
   * @param date in UTC
   */
  Optional<Integer> openDays(WearerId wearer, LocalDate date);
}
