package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.data.DataFolder;
import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.Topic;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
  @TempDir Path scratch;
  private final List<String> log = new ArrayList<>();
  private Consumer<String> ofParts = fault -> {};

  @Test
  void startsOnReadyTopicsPublishesItselfAndStopsPartsFirst() throws Exception {
    Settings settings = settings(Map.of());
    try (Up up = start(settings, this::recording)) {
      assertThat(log).containsExactly("started on 1 partitions");
      assertThat(up.url()).isEqualTo("http://localhost:4242");
      assertThat(DataFolder.runningIn(settings.data()).orElseThrow().url()).isEqualTo(up.url());
      assertThat(up.screen())
          .contains("http://localhost:4242/?code=once")
          .contains("start it with --lan")
          .contains("(embedded)");
      try (Admin admin = Admin.create(up.site().kafka().client())) {
        assertThat(admin.listTopics().names().get()).contains(Topic.MOTION.topicName());
      }
      assertThatThrownBy(() -> start(settings, this::recording))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("in use by another Lumbar");
      assertThat(up.fault()).isNotDone();
      ofParts.accept("a part has stopped");
      assertThat(up.fault()).isCompletedWithValue("a part has stopped");
    }
    assertThat(log).containsExactly("started on 1 partitions", "stopped");
    assertThat(DataFolder.runningIn(settings.data())).isEmpty();
    assertThat(Files.readString(settings.data().resolve("logs/lumbar.log"))).contains("started");
  }

  @Test
  void leavesNothingRunningWhenAPartCannotStart() {
    Settings settings = settings(Map.of());
    assertThatThrownBy(
            () ->
                start(
                    settings,
                    (site, fault) -> {
                      throw new UserMistake("no");
                    }))
        .isInstanceOf(UserMistake.class)
        .hasMessage("no");
    start(settings, this::recording).close();
  }

  @Test
  void saysThatAPortIsTakenBeforeItTouchesAnything() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Settings settings = settings(Map.of(Key.HTTP_PORT, Integer.toString(taken.getLocalPort())));
      assertThatThrownBy(() -> start(settings, this::recording))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("port " + taken.getLocalPort())
          .hasMessageContaining("--port N");
      assertThat(settings.data()).doesNotExist();
    }
  }

  private static Up start(Settings settings, Wiring wiring) {
    return Up.start(settings, EnumSet.allOf(Role.class), InstantSource.system(), wiring);
  }

  private Settings settings(Map<Key, String> more) {
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.DATA, scratch.resolve("data").toString());
    flags.put(Key.HTTP_PORT, "0");
    flags.putAll(more);
    return Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
  }

  private Wiring.Running recording(Site site, Consumer<String> fault) {
    ofParts = fault;
    log.add("started on " + site.partitions() + " partitions");
    return new Wiring.Running() {
      @Override
      public int port() {
        return 4242;
      }

      @Override
      public String signInPath() {
        return "/?code=once";
      }

      @Override
      public List<String> endpoints() {
        return List.of();
      }

      @Override
      public void close() {
        log.add("stopped");
      }
    };
  }
}
