package io.lumbar.reports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.model.Alert;
import io.lumbar.model.Json;
import io.lumbar.model.WearerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest alerts of all wearers, for those who lost their connection for a moment, and for
 * answers that come before history has the alert. Not thread-safe.
 */
final class RecentAlerts {
  private static final int MOST = 5000;
  private static final int MOST_REPEATED = 100;

  /** What is older is no news to anybody. */
  private static final Duration NEWS = Duration.ofMinutes(2);

  private final Map<String, Recent> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Recent> eldest) {
          return size() > MOST;
        }
      };
  private final Map<WearerId, Long> lastOffsets =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<WearerId, Long> eldest) {
          return size() > MOST;
        }
      };

  private record Recent(Alert alert, long offset) {}

  void add(Alert alert, long offset) {
    byId.put(alert.id(), new Recent(alert, offset));
    lastOffsets.put(alert.wearer(), offset);
  }

  Optional<Alert> alert(String id) {
    return Optional.ofNullable(byId.get(id)).map(Recent::alert);
  }

  /** The offset of a wearer's newest alert; -1 when none is remembered. */
  long lastOffset(WearerId wearer) {
    return lastOffsets.getOrDefault(wearer, -1L);
  }

  /**
   * The frames of a wearer's newest alerts behind an offset, in order; those older than two minutes
   * are marked as past.
   */
  List<LiveFrame> after(WearerId wearer, long offset, Instant now) {
    List<LiveFrame> frames = new ArrayList<>();
    for (Recent recent : byId.values()) {
      if (recent.alert().wearer().equals(wearer) && recent.offset() > offset) {
        boolean past = recent.alert().at().isBefore(now.minus(NEWS));
        frames.add(frame(recent.alert(), recent.offset(), past));
      }
    }
    return frames.subList(Math.max(0, frames.size() - MOST_REPEATED), frames.size());
  }

  /**
   * An alert as an event whose id is its offset.
   *
   * @param past it is told for completeness, and is nothing to interrupt anybody with
   */
  static LiveFrame frame(Alert alert, long offset, boolean past) {
    ObjectNode answer =
        Json.mapper().valueToTree(Answers.AlertAnswer.of(new AnsweredAlert(alert, null)));
    return LiveFrame.event(
        "alert", Long.toString(offset), past ? answer.put("past", true) : answer);
  }
}
