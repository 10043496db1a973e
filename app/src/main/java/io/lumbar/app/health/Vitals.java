package io.lumbar.app.health;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The checks and counts of a process's parts; holds counts only, never health values. */
public final class Vitals {
  private final Map<String, Supplier<Condition>> checks = new LinkedHashMap<>();
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  // A function counter forgets its function when nobody else holds it, and stands still from then.
  private final Map<String, LongSupplier> own = new ConcurrentHashMap<>();
  private final List<LongSupplier> tagged = new CopyOnWriteArrayList<>();

  @SuppressWarnings("resource") // lives as long as the process
  public Vitals() {
    new JvmMemoryMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
  }

  /** Adds a check of a part. */
  public void check(String part, Supplier<Condition> check) {
    checks.put(part, check);
  }

  /** Adds a count that only grows. */
  public void counter(String name, LongSupplier count) {
    own.put(name, count);
    FunctionCounter.builder(name, count, LongSupplier::getAsLong).register(meters);
  }

  /** Adds a count that only grows, one of several of that name that differ in their tags. */
  public void counter(String name, Map<String, String> tags, LongSupplier count) {
    tagged.add(count);
    FunctionCounter.Builder<LongSupplier> builder =
        FunctionCounter.builder(name, count, LongSupplier::getAsLong);
    tags.forEach(builder::tag);
    builder.register(meters);
  }

  /** Adds a value that goes up and down. */
  public void gauge(String name, LongSupplier value) {
    own.put(name, value);
    Gauge.builder(name, value, LongSupplier::getAsLong).strongReference(true).register(meters);
  }

  /** The counts and values by name, without those of the Java machine and those with tags. */
  public Map<String, Double> values() {
    Map<String, Double> values = new TreeMap<>();
    own.forEach((name, value) -> values.put(name, (double) value.getAsLong()));
    return values;
  }

  /** How each part is. */
  Map<String, Condition> check() {
    Map<String, Condition> found = new LinkedHashMap<>();
    checks.forEach((part, check) -> found.put(part, check.get()));
    return found;
  }

  /** All counts in Prometheus' text form. */
  String scrape() {
    return meters.scrape();
  }
}
