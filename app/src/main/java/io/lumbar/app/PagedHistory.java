package io.lumbar.app;

import io.lumbar.alerts.rules.StoredHistory;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.HistoryUnavailable;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.history.Listing;
import io.lumbar.http.ApiException;
import io.lumbar.model.Alert;
import io.lumbar.model.AlertResponse;
import io.lumbar.model.Bout;
import io.lumbar.model.Decision;
import io.lumbar.model.Episode;
import io.lumbar.model.WearerId;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads whole lists from the history, page by page. */
final class PagedHistory implements StoredHistory {
  private static final int RETRY_SECONDS = 5;

  private final HistoryStore store;

  PagedHistory(HistoryStore store) {
    this.store = store;
  }

  @Override
  public List<Bout> bouts(WearerId wearer, Instant from, Instant to) {
    return all(from, to, range -> store.bouts(wearer, null, range));
  }

  @Override
  public List<Episode> episodes(WearerId wearer, Instant from, Instant to) {
    return all(from, to, range -> store.episodes(wearer, range));
  }

  @Override
  public List<Decision> decisions(WearerId wearer, Instant from, Instant to) {
    return all(from, to, range -> store.decisions(wearer, range));
  }

  @Override
  public List<Alert> alerts(WearerId wearer, Instant from, Instant to) {
    return all(from, to, range -> store.alerts(wearer, range)).stream()
        .map(AnsweredAlert::alert)
        .toList();
  }

  @Override
  public List<AlertResponse> answers(WearerId wearer, Instant from, Instant to) {
    return all(from, to, range -> store.alerts(wearer, range)).stream()
        .flatMap(answered -> Stream.ofNullable(answered.response()))
        .toList();
  }

  private static <T> List<T> all(Instant from, Instant to, Function<Range, Page<T>> read) {
    try {
      return Listing.all(from, to, read);
    } catch (HistoryUnavailable e) {
      throw ApiException.unavailable("The history cannot be reached at the moment.", RETRY_SECONDS);
    }
  }
}
