package io.lumbar.ingest.statements;

import io.lumbar.http.ApiException;
import io.lumbar.model.Calibration;
import io.lumbar.model.CheckIn;
import io.lumbar.model.Correction;
import io.lumbar.model.DayTag;
import io.lumbar.model.Statement;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Refuses at once what is said about a day that is closed for everything, instead of letting it end
 * among the dead letters of analytics, which decides. Where it is not certain that the day is
 * closed, the word is taken.
 */
final class OldWords {
  private final KnownDays days;
  private final ImportedLately imported;

  OldWords(KnownDays days, ImportedLately imported) {
    this.days = days;
    this.imported = imported;
  }

  /** What a statement is about: the field that says so, and the last day in UTC. */
  private record About(String field, LocalDate date) {}

  /**
   * Checks a statement; to forget is possible of any day.
   *
   * @throws ApiException 409 where nothing can be changed of its day any more
   */
  void require(WearerId wearer, Statement statement) {
    Optional<About> about = about(statement);
    if (about.isEmpty()) {
      return;
    }
    LocalDate date = about.get().date();
    Optional<Integer> open = days.openDays(wearer, date);
    if (open.isPresent() && !imported.within(wearer, open.get())) {
      throw ApiException.conflict(
          "%s: %s is closed: it is more than %d days before the newest data, and what it was made of is no longer kept, so that nothing said of it can change it; to say something of it all the same, erase the wearer, import all files, and say it within %d days"
              .formatted(about.get().field(), date, open.get(), open.get()));
    }
  }

  private static Optional<About> about(Statement statement) {
    if (statement instanceof Correction one) {
      return one.was() == Correction.Was.FORGET
          ? Optional.empty()
          : Optional.of(new About("to", day(one.to().minusMillis(1))));
    } else if (statement instanceof CheckIn one) {
      return Optional.of(new About("at", day(one.at())));
    } else if (statement instanceof Calibration one) {
      return Optional.of(new About("to", day(one.to().minusMillis(1))));
    } else if (statement instanceof DayTag one) {
      return Optional.of(new About("date", one.date()));
    }
    return Optional.empty();
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }
}
