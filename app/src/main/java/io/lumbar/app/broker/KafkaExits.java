package io.lumbar.app.broker;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;

/**
 * Turns Kafka's way of giving up, which ends the process without a word, into an exception in the
 * thread that gave up and a message to whoever watches.
 */
final class KafkaExits {
  private static final List<Watch> WATCHES = new CopyOnWriteArrayList<>();
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();

  private KafkaExits() {}

  static Watch watch(Consumer<String> onFault) {
    if (INSTALLED.compareAndSet(false, true)) {
      Exit.setHaltProcedure(KafkaExits::gaveUp);
      Exit.setExitProcedure(KafkaExits::gaveUp);
    }
    Watch watch = new Watch(onFault);
    WATCHES.add(watch);
    return watch;
  }

  private static void gaveUp(int status, @Nullable String message) {
    String sentence =
        "Kafka stopped itself"
            + (message == null ? "" : ": " + message)
            + " (status "
            + status
            + ")";
    for (Watch watch : WATCHES) {
      watch.fault(sentence);
    }
    throw new IllegalStateException(sentence);
  }

  /** One broker's interest in such an end. */
  static final class Watch implements AutoCloseable {
    private final Consumer<String> onFault;
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();
    private volatile boolean started;

    private Watch(Consumer<String> onFault) {
      this.onFault = onFault;
    }

    /** From here on a fault is told; before, it is the reason of the failed start. */
    void started() {
      started = true;
    }

    Optional<String> fault() {
      return Optional.ofNullable(fault.get());
    }

    private void fault(String sentence) {
      if (fault.compareAndSet(null, sentence) && started) {
        onFault.accept(sentence);
      }
    }

    @Override
    public void close() {
      WATCHES.remove(this);
    }
  }
}
