package io.lumbar.ingest.format.healthautoexport;

import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Rows of minutes spent on the feet. Only a row that was stood through from its start to the next
 * row's says when; of the others nobody knows which minutes they were.
 */
final class StandRows {
  private static final Duration LONGEST = Duration.ofMinutes(30);

  /** Apple divides minutes, which leaves fractions. */
  private static final double TOLERANCE = 0.02;

  private final Sender sender;
  private final Intake intake;

  StandRows(Sender sender, Intake intake) {
    this.sender = sender;
    this.intake = intake;
  }

  void take(List<Item> rows) {
    Duration length = RowSpacing.of(rows).least();
    if (length == null || length.compareTo(LONGEST) > 0) {
      intake.ignore(rows.size());
      return;
    }
    for (Item row : rows) {
      intake.read(row, () -> take(row, length));
    }
  }

  private void take(Item row, Duration length) {
    Instant from = HealthAutoExport.date(row, "date");
    double share = row.number("qty") * 60 / length.toSeconds();
    if (Math.abs(share - 1) > TOLERANCE) {
      intake.ignore(1);
      return;
    }
    intake.keep(
        row.path(),
        1,
        PostureObservation.span(
            sender.estimatedAt(from, "stand"), Posture.UPRIGHT, from, from.plus(length)));
  }
}
