package io.lumbar.model;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Lets a stream look, on its own account, at one wearer after the other, so that a fault in what is
 * known of one costs nobody else a timer.
 *
 * <p>Such a fault is told, for the log, and counted; whoever looks sets a timer that has failed
 * again, {@link #AGAIN} from then. Faults of Kafka and of the stores are not the wearer's: going on
 * would commit half of a transaction, so they pass. Thread-safe.
 */
public final class TimerGuard {
  /** The key in a stream's configuration under which its processors find the guard. */
  public static final String CONFIG = "lumbar.timer.guard";

  /** How much later a wearer is looked at again. */
  public static final Duration AGAIN = Duration.ofMinutes(1);

  private final LongAdder failures = new LongAdder();
  private final BiConsumer<String, RuntimeException> teller;

  /**
   * A guard of one stream.
   *
   * @param teller gets the id of the wearer and the fault, whose message may hold a health value
   */
  public TimerGuard(BiConsumer<String, RuntimeException> teller) {
    this.teller = teller;
  }

  /** The guard of a stream's configuration, or one that tells nobody where there is none. */
  public static TimerGuard in(Map<String, Object> configuration) {
    return configuration.get(CONFIG) instanceof TimerGuard guard
        ? guard
        : new TimerGuard((wearer, fault) -> {});
  }

  /**
   * Looks at a wearer.
   *
   * @param key begins with the id of the wearer
   * @return false when that failed
   * @throws KafkaException when it is not the wearer's fault
   */
  public boolean look(String key, Runnable look) {
    try {
      look.run();
      return true;
    } catch (SerializationException e) {
      note(key, e);
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      note(key, e);
    }
    return false;
  }

  /** How many looks failed since the start. */
  public long failures() {
    return failures.sum();
  }

  private void note(String key, RuntimeException fault) {
    failures.increment();
    teller.accept(WearerPartitioner.wearer(key), fault);
  }
}
