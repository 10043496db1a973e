package io.lumbar.app.health;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when a part of this process has ended for good, which only a new start puts right.
 *
 * <p>A service manager starts again what has ended, and leaves alone what lives and is ill; so the
 * process has to end. Parts that get over their trouble by themselves do not belong here.
 * Thread-safe.
 */
public final class Vigil implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vigil.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Map<String, Supplier<Optional<String>>> parts = new ConcurrentHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread worker = new Thread(task, "vigil");
            worker.setDaemon(true);
            return worker;
          });

  /**
   * Watches a part.
   *
   * @param name as a sentence says it, such as "the live feed"
   * @param lives false once it has ended, by a fault of its own
   */
  public void over(String name, BooleanSupplier lives) {
    overReason(
        name, () -> lives.getAsBoolean() ? Optional.empty() : Optional.of(name + " has stopped"));
  }

  /**
   * Watches a part that knows why it has ended.
   *
   * @param reason the beginning of a sentence; empty while the part goes on or can get over it
   */
  public void overReason(String name, Supplier<Optional<String>> reason) {
    parts.put(name, reason);
  }

  /**
   * Starts to look, until this is closed, which has to come before the parts are.
   *
   * @param fault takes one sentence when the first part has ended; nothing more comes after it
   */
  @SuppressWarnings("FutureReturnValueIgnored") // lookSafely() throws nothing
  public Vigil start(Consumer<String> fault) {
    thread.scheduleWithFixedDelay(
        () -> lookSafely(fault), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  private void lookSafely(Consumer<String> fault) {
    try {
      look(fault);
    } catch (RuntimeException e) {
      LOG.error("whether all parts live is looked at again", e);
    }
  }

  /** Looks once. */
  void look(Consumer<String> fault) {
    for (Map.Entry<String, Supplier<Optional<String>>> part : parts.entrySet()) {
      Optional<String> reason = part.getValue().get();
      if (reason.isPresent()) {
        // It says its word once.
        parts.clear();
        String sentence = reason.get() + "; Lumbar ends, to be started again (the log says more)";
        LOG.error("{}", sentence);
        fault.accept(sentence);
        return;
      }
    }
  }

  /** Looks no more; it does not wait for one who is looking, who may be ending the process. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
