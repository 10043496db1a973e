package io.lumbar.analytics.steps;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells which readings of a device are of the same counter: those of one session, and of sessions
 * that share a reading, as when a recording was pushed under one name and imported under another.
 * Pure; the order of the readings does not matter.
 */
final class StepCounters {
  private final Map<String, String> merged = new HashMap<>();

  private StepCounters() {}

  /** The readings of each counter of a device; other reports are left out. */
  static Collection<List<StepReport>> of(List<StepReport> device) {
    StepCounters counters = new StepCounters();
    Map<Shown, String> first = new HashMap<>();
    for (StepReport report : device) {
      // Every counter starts at nothing, so that a zero tells nobody's.
      if (report.isReading() && report.steps() > 0) {
        String known =
            first.putIfAbsent(new Shown(report.from(), report.steps()), report.session());
        if (known != null) {
          counters.merge(known, report.session());
        }
      }
    }
    Map<String, List<StepReport>> readings = new TreeMap<>();
    for (StepReport report : device) {
      if (report.isReading()) {
        readings
            .computeIfAbsent(counters.root(report.session()), root -> new ArrayList<>())
            .add(report);
      }
    }
    return readings.values();
  }

  private record Shown(long at, long steps) {}

  private void merge(String one, String other) {
    String a = root(one);
    String b = root(other);
    if (a.compareTo(b) < 0) {
      merged.put(b, a);
    } else if (b.compareTo(a) < 0) {
      merged.put(a, b);
    }
  }

  private String root(String session) {
    String root = session;
    for (String next = merged.get(root); next != null; next = merged.get(root)) {
      root = next;
    }
    return root;
  }
}
