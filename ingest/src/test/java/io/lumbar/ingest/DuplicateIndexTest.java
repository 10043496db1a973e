package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateIndexTest {
  private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
  @TempDir Path folder;

  @Test
  void knowsAfterARestartWhatItKnewBefore() {
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      index.addAll(new long[] {1, 2, 3, 4}, 2, NOW);
    }
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      assertThat(index.contains(1, 2)).isTrue();
      assertThat(index.contains(3, 4)).isTrue();
      assertThat(index.contains(1, 4)).isFalse();
      index.addAll(new long[] {5, 6}, 1, NOW);
    }
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      assertThat(index.contains(1, 2)).isTrue();
      assertThat(index.contains(5, 6)).isTrue();
    }
  }

  @Test
  void survivesAnEntryThatAKillCutShort() throws IOException {
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      index.addAll(new long[] {1, 2}, 1, NOW);
    }
    Path file = onlyFile();
    Files.write(file, new byte[] {7, 7, 7}, StandardOpenOption.APPEND);

    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      index.addAll(new long[] {3, 4}, 1, NOW);
    }
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      assertThat(index.contains(1, 2)).isTrue();
      assertThat(index.contains(3, 4)).isTrue();
    }
  }

  @Test
  void remembersFor48HoursAndForgetsSoonAfter() {
    try (DuplicateIndex index = DuplicateIndex.open(folder, 10_000, NOW)) {
      index.addAll(new long[] {1, 2}, 1, NOW);
      index.addAll(new long[] {3, 4}, 1, NOW.plus(Duration.ofHours(48)));
      assertThat(index.contains(1, 2)).isTrue();
      index.addAll(new long[] {5, 6}, 1, NOW.plus(Duration.ofHours(55)));
      assertThat(index.contains(1, 2)).isFalse();
      assertThat(index.contains(3, 4)).isTrue();
    }
  }

  @Test
  void holdsNoMoreThanItMayAndForgetsTheOldestFirst() throws IOException {
    try (DuplicateIndex index = DuplicateIndex.open(folder, 1_024, NOW)) {
      for (int i = 1; i <= 5_000; i++) {
        index.addAll(new long[] {i, i}, 1, NOW);
      }
      assertThat(index.contains(5_000, 5_000)).isTrue();
      assertThat(index.contains(1, 1)).isFalse();
    }
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(bytes).isLessThanOrEqualTo(16 * (1_024 + 256));
  }

  @Property(tries = 200)
  void theSetAgreesWithTheJdks(
      @ForAll @Size(max = 200) List<@LongRange(min = -20, max = 20) Long> values) {
    HashSet128 ours = new HashSet128(1);
    Set<Long> theirs = new HashSet<>();
    for (long value : values) {
      if (value != 0) {
        assertThat(ours.add(value, value << 33)).isEqualTo(theirs.add(value));
      }
    }
    assertThat(ours.size()).isEqualTo(theirs.size());
    for (long value = 1; value <= 20; value++) {
      assertThat(ours.contains(value, value << 33)).isEqualTo(theirs.contains(value));
    }
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }
}
