package io.lumbar.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.analytics.simulation.Activity;
import io.lumbar.analytics.simulation.Script;
import io.lumbar.analytics.simulation.Simulation;
import io.lumbar.analytics.simulation.Wear;
import io.lumbar.analytics.stream.PosturesJudged;
import io.lumbar.model.DeviceId;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.Placement;
import io.lumbar.model.Stamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LimbSensorTest {
  private static final Stamp THIGH =
      new Stamp(new DeviceId("d_thigh"), Placement.THIGH, ZoneOffset.UTC);
  private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
  private static final Script MORNING =
      Script.of(START, Activity.WALKING, Duration.ofMinutes(2))
          .then(Activity.SITTING, Duration.ofMinutes(12));

  private final KeyValueStore<String, byte[]> store =
      Stores.keyValueStoreBuilder(
              Stores.inMemoryKeyValueStore("motion"), Serdes.String(), Serdes.ByteArray())
          .withLoggingDisabled()
          .build();

  @BeforeEach
  void open() {
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
  }

  @Test
  void whatComesAgainAfterDaysDoesNotReplaceWhatWasTold() {
    LimbSensor sensor = sensor();
    List<MotionBatch> morning = batches(MORNING);
    morning.forEach(sensor::add);
    Script daysLater =
        Script.of(START.plus(Duration.ofDays(3)), Activity.WALKING, Duration.ofMinutes(3));
    List<PosturesJudged> later = new ArrayList<>();
    batches(daysLater).forEach(batch -> later.addAll(sensor.add(batch)));
    assertThat(later).isNotEmpty();

    assertThat(sensor.add(morning.get(morning.size() / 2))).isEmpty();
    assertThat(sensor().add(morning.get(3))).as("nor after a restart").isEmpty();
  }

  @Test
  void aRestartGoesOnFromTheStore() {
    List<MotionBatch> batches = batches(MORNING);
    LimbSensor without = sensor();
    List<PosturesJudged> expected = new ArrayList<>();
    batches.forEach(batch -> expected.addAll(without.add(batch)));
    open();
    store.all().forEachRemaining(entry -> store.delete(entry.key));
    List<PosturesJudged> told = new ArrayList<>();
    batches.forEach(batch -> told.addAll(sensor().add(batch)));
    assertThat(told).isEqualTo(expected);
  }

  private LimbSensor sensor() {
    return new LimbSensor(store, "w_anna|d_thigh|thigh|Z", THIGH);
  }

  private static List<MotionBatch> batches(Script script) {
    List<MotionBatch> batches = new ArrayList<>();
    Wear wear = Wear.of(THIGH, 25).batches(Duration.ofSeconds(10));
    new Simulation(script, 3).worn(wear).forEach(batches::add);
    return batches;
  }
}
