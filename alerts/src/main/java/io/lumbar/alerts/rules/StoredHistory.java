package io.lumbar.alerts.rules;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.DaySummary;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What is stored of a wearer, wherever the history is kept; each list by start and whole. */
public interface StoredHistory {

  /** Bouts of all postures that overlap [from, to). */
  List<Bout> bouts(WearerId wearer, Instant from, Instant to);

  /** Episodes of all kinds that overlap [from, to). */
  List<Episode> episodes(WearerId wearer, Instant from, Instant to);

  /** Decisions taken in [from, to). */
  List<Decision> decisions(WearerId wearer, Instant from, Instant to);

  /** The newest answer to each alert that was decided in [from, to). */
  List<AlertResponse> answers(WearerId wearer, Instant from, Instant to);

  /** Alerts sent or held back in [from, to). */
  List<Alert> alerts(WearerId wearer, Instant from, Instant to);

  /** The local days from {@code from} to {@code to}, both included. */
  List<DaySummary> days(WearerId wearer, LocalDate from, LocalDate to);
}
