package io.lumbar.app.backup;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.http.Registry;
import io.lumbar.model.Device;
import io.lumbar.model.Json;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerPartitioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The wearers and devices of a backup, whose tokens go on being good where they come back: what is
 * kept are the tokens' hashes.
 */
public record RegistryCopy(List<Wearer> wearers, List<Device> devices) {
  static final String FILE = "registry.json";

  public RegistryCopy {
    wearers = List.copyOf(wearers);
    devices = List.copyOf(devices);
  }

  static RegistryCopy of(Registry registry) {
    List<Device> devices = new ArrayList<>();
    registry.wearers().forEach(wearer -> devices.addAll(registry.devicesOf(wearer.id())));
    return new RegistryCopy(registry.wearers(), devices);
  }

  /**
   * Puts what a restored data folder brings into the registry topics, once: the file is deleted
   * when Kafka has it.
   *
   * @throws UserMistake when the file cannot be read or Kafka does not take it
   */
  public static void publish(Path folder, KafkaConnection kafka) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return;
    }
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(kafka.producer(), new StringSerializer(), new ByteArraySerializer())) {
      RegistryCopy copy = Json.read(Files.readAllBytes(file), RegistryCopy.class);
      for (Wearer wearer : copy.wearers()) {
        send(producer, Topic.WEARERS, wearer.id().value(), wearer);
      }
      for (Device device : copy.devices()) {
        String key = WearerPartitioner.key(device.wearer(), device.tokenHash());
        send(producer, Topic.DEVICES, key, device);
      }
      Files.delete(file);
    } catch (IOException | SerializationException e) {
      throw new UserMistake(file + " cannot be read; restore the backup into a fresh folder");
    } catch (ExecutionException | TimeoutException e) {
      throw new UserMistake("Kafka did not take the wearers of the backup; start again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserMistake("interrupted");
    }
  }

  private static void send(
      KafkaProducer<String, byte[]> producer, Topic topic, String key, Object value)
      throws ExecutionException, InterruptedException, TimeoutException {
    producer
        .send(new ProducerRecord<>(topic.topicName(), key, Json.bytes(value)))
        .get(30, TimeUnit.SECONDS);
  }
}
