package io.lumbar.reports;

import io.lumbar.model.Alert;
import io.lumbar.model.WearerId;
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

  private record Recent(Alert alert, long offset, LiveFrame frame) {}

  void add(Alert alert, long offset, LiveFrame frame) {
    byId.put(alert.id(), new Recent(alert, offset, frame));
    lastOffsets.put(alert.wearer(), offset);
  }

  Optional<Alert> alert(String id) {
    return Optional.ofNullable(byId.get(id)).map(Recent::alert);
  }

  /** The offset of a wearer's newest alert; -1 when none is remembered. */
  long lastOffset(WearerId wearer) {
    return lastOffsets.getOrDefault(wearer, -1L);
  }

  /** The frames of a wearer's newest alerts behind an offset, in order. */
  List<LiveFrame> after(WearerId wearer, long offset) {
    List<LiveFrame> frames = new ArrayList<>();
    for (Recent recent : byId.values()) {
      if (recent.alert().wearer().equals(wearer) && recent.offset() > offset) {
        frames.add(recent.frame());
      }
    }
    return frames.subList(Math.max(0, frames.size() - MOST_REPEATED), frames.size());
  }
}
