package io.lumbar.analytics.aging;

import io.lumbar.analytics.stream.Span;
import io.lumbar.model.Correction;
import io.lumbar.model.Provenance;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets through what may still change a day, and notes how far the wearer's data reaches. */
public final class Gate {
  private static final Passage NOTHING_NEW = new Passage(null, false);
  private static final Passage NEWS = new Passage(null, true);

  private final Supplier<Watermarks> opening;
  private final ClosedDays days;
  private @Nullable Watermarks watermarks;

  Gate(Supplier<Watermarks> opening, ClosedDays days) {
    this.opening = opening;
    this.days = days;
  }

  /**
   * What became of a record.
   *
   * @param refusal why it cannot change anything any more; null when it can
   * @param news whether it is of a day of which nothing had come, or came on one
   */
  public record Passage(@Nullable String refusal, boolean news) {}

  /**
   * Judges a record.
   *
   * @param appended when the broker took it, in epoch milliseconds
   */
  public Passage pass(WearerId wearer, Object value, Provenance provenance, long appended) {
    Optional<Span> about = Horizon.about(value);
    if (about.isEmpty()) {
      return NOTHING_NEW;
    }
    if (watermarks == null) {
      watermarks = opening.get();
    }
    Watermark known = watermarks.of(wearer);
    long today = Horizon.day(appended);
    Optional<String> refusal =
        isToForget(value)
            ? Optional.empty()
            : value instanceof Statement
                ? days.refusalOfWord(wearer, about.get(), known, today)
                : days.refusal(wearer, about.get(), provenance, known, today);
    if (refusal.isPresent()) {
      return new Passage(refusal.get(), false);
    }
    // What is typed may be about next year.
    long measured = value instanceof Statement ? Watermark.NEVER : Horizon.lastDay(about.get());
    return watermarks.set(wearer, known.with(measured, today)) ? NEWS : NOTHING_NEW;
  }

  /** To delete needs no evidence; and what is imported later has to heed it. */
  private static boolean isToForget(Object value) {
    return value instanceof Correction correction && correction.was() == Correction.Was.FORGET;
  }
}
