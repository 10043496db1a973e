package io.lumbar.benchmarks;

import io.lumbar.app.Parts;
import io.lumbar.app.Role;
import io.lumbar.app.Up;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.RandomIds;
import io.lumbar.model.Topic;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The embedded broker and ingest, with nothing behind them that would read what is uploaded.
 *
 * <p>Its arguments are {@code --port 0 --data DIR}, as those of {@code up}; the last name in DIR
 * must be {@code ingest}.
 */
final class IngestServer {
  private IngestServer() {}

  public static void main(String[] arguments) {
    // As the process of the command line does.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    Map<Key, String> flags = new EnumMap<>(Key.class);
    flags.put(Key.HTTP_PORT, arguments[1]);
    // A role takes a folder of its own name inside the one it is given.
    flags.put(Key.DATA, String.valueOf(Path.of(arguments[3]).getParent()));
    flags.put(Key.OWNER_TOKEN, RandomIds.secret("lo_"));
    Settings settings = Settings.load(Sources.of(flags, Map.of(), Optional.empty()));
    Up up = Up.start(settings, EnumSet.of(Role.INGEST), InstantSource.system(), new Parts());
    keepAll(up.site().kafka());
    Runtime.getRuntime().addShutdownHook(new Thread(up::close, "lumbar-stop"));
    System.out.println("Lumbar runs.");
    up.fault().join();
  }

  /** Nothing reads what comes, and a topic half full of that takes no more. */
  private static void keepAll(KafkaConnection kafka) {
    ConfigResource posture =
        new ConfigResource(ConfigResource.Type.TOPIC, Topic.POSTURE.topicName());
    AlterConfigOp uncapped =
        new AlterConfigOp(new ConfigEntry("retention.bytes", "-1"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(kafka.client())) {
      admin.incrementalAlterConfigs(Map.of(posture, List.of(uncapped))).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the topic's size cannot be set free", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
