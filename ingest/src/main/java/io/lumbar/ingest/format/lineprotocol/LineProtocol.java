package io.lumbar.ingest.format.lineprotocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.lumbar.http.ApiException;
import io.lumbar.ingest.format.Adapter;
import io.lumbar.ingest.format.Answer;
import io.lumbar.ingest.format.Intake;
import io.lumbar.ingest.format.Item;
import io.lumbar.ingest.format.Sender;
import io.lumbar.ingest.format.StepSpans;
import io.lumbar.ingest.format.Upload;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.StepCounterObservation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Line protocol, for those who run Telegraf already. The measurements {@code posture} and {@code
 * steps} are read; what the tags say about users and devices is not, because the token tells.
 */
public final class LineProtocol implements Adapter {
  private static final Duration HOLDS = Duration.ofMinutes(10);
  private static final int LONGEST_NAME = 64;
  private static final double LONGEST_SECONDS = 86_400;
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /** By the names that a sender is told; no number is a time of this century in two of them. */
  private static final List<String> TOLD = List.of("s", "ms", "us", "ns");

  private static final Map<String, TimeUnit> PRECISIONS =
      Map.of(
          "ns", TimeUnit.NANOSECONDS,
          "n", TimeUnit.NANOSECONDS,
          "us", TimeUnit.MICROSECONDS,
          "u", TimeUnit.MICROSECONDS,
          "ms", TimeUnit.MILLISECONDS,
          "s", TimeUnit.SECONDS);

  @Override
  public String format() {
    return "line-protocol";
  }

  @Override
  public Answer answer() {
    return Answer.RECEIPT;
  }

  @Override
  public void read(Upload upload, Sender sender, Intake intake) {
    TimeUnit precision = precision(upload.hints().of("precision"));
    int number = 0;
    Iterator<String> lines = new String(upload.body(), StandardCharsets.UTF_8).lines().iterator();
    while (lines.hasNext()) {
      number++;
      String line = lines.next().strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Item item = new Item(JsonNodeFactory.instance.nullNode(), "line " + number);
        intake.read(item, () -> take(item, Line.parse(line), precision, sender, intake));
      }
    }
  }

  private static TimeUnit precision(@Nullable String name) {
    TimeUnit unit = PRECISIONS.get(name == null ? "ns" : name);
    if (unit == null) {
      throw ApiException.badRequest("precision: must be one of ns, us, ms, s");
    }
    return unit;
  }

  private static void take(Item item, Line line, TimeUnit precision, Sender sender, Intake intake) {
    switch (line.measurement()) {
      case "posture" -> posture(item, line, at(item, line, precision), sender, intake);
      case "steps" -> steps(item, line, at(item, line, precision), sender, intake);
      default -> intake.ignore(1);
    }
  }

  private static void posture(Item item, Line line, Instant at, Sender sender, Intake intake) {
    String name = line.fields().get("code");
    if (name == null) {
      throw item.fault("code", "missing; give the posture as a text, code=\"sitting\"");
    }
    if (name.length() > LONGEST_NAME) {
      throw item.fault("code", "is longer than any posture's name");
    }
    Posture posture = Posture.of(name);
    Double seconds = number(item, line, "seconds");
    intake.keep(
        item.path(),
        1,
        seconds == null
            ? PostureObservation.change(sender.stampAt(at), posture, at, HOLDS)
            : PostureObservation.span(sender.stampAt(at), posture, at, end(item, at, seconds)));
  }

  private static void steps(Item item, Line line, Instant at, Sender sender, Intake intake) {
    Double count = number(item, line, "count");
    Double counter = number(item, line, "counter");
    if (count != null) {
      Double seconds = number(item, line, "seconds");
      Instant to = end(item, at, seconds == null ? 60 : seconds);
      StepSpans.keep(item, Math.round(count), at, to, sender, intake);
    } else if (counter != null && counter >= 0 && counter <= Integer.MAX_VALUE) {
      String session = line.tags().getOrDefault("session", "line");
      if (session.length() > LONGEST_NAME) {
        throw item.fault("session", "must have at most " + LONGEST_NAME + " characters");
      }
      intake.keep(
          item.path(),
          1,
          new StepCounterObservation(sender.stampAt(at), session, Math.round(counter), at));
    } else {
      throw item.fault("count", "missing; give count with seconds, or counter");
    }
  }

  private static Instant end(Item item, Instant from, double seconds) {
    if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
      throw item.fault("seconds", "must be above 0 and at most a day");
    }
    return from.plusMillis(Math.round(seconds * 1_000));
  }

  private static @Nullable Double number(Item item, Line line, String field) {
    String text = line.fields().get(field);
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, like a number that is none.
    }
    throw item.fault(field, "must be a number");
  }

  private static Instant at(Item item, Line line, TimeUnit precision) {
    String time = line.time();
    try {
      if (time != null) {
        long value = Long.parseLong(time);
        requirePrecision(item, value, precision);
        return instant(value, precision);
      }
    } catch (NumberFormatException e) {
      // Told below, like a time that is missing.
    } catch (DateTimeException e) {
      throw item.fault("time", "is too far from the present; check the parameter precision");
    }
    throw item.fault("time", "missing; a whole number since 1970 must end the line");
  }

  /** A sender's clock is not to blame for a number that was meant in another unit. */
  private static void requirePrecision(Item item, long value, TimeUnit precision) {
    for (String name : TOLD) {
      TimeUnit unit = PRECISIONS.get(name);
      if (unit != null && unit != precision && isOfThisCentury(value, unit)) {
        throw item.fault(
            "time",
            "is too far from the present; by its size it is in %1$s: add precision=%1$s to the address"
                .formatted(name));
      }
    }
  }

  private static boolean isOfThisCentury(long value, TimeUnit unit) {
    long seconds = unit.toSeconds(value);
    return seconds >= EARLIEST.getEpochSecond() && seconds < LATEST.getEpochSecond();
  }

  private static Instant instant(long value, TimeUnit precision) {
    long second = precision.convert(1, TimeUnit.SECONDS);
    return Instant.ofEpochSecond(
        Math.floorDiv(value, second), precision.toNanos(Math.floorMod(value, second)));
  }
}
