package io.lumbar.ingest;

import io.lumbar.ingest.format.Collected;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Breaks the fixtures of all formats, each seed in its own way. */
final class Mutator {
  private static final Map<String, List<String>> FIXTURES =
      new TreeMap<>(
          Map.of(
              "sensor-logger",
              List.of(
                  "sensorlogger/message.json",
                  "sensorlogger/test.json",
                  "sensorlogger/flattened.json",
                  "sensorlogger/android.json",
                  "sensorlogger/tags.json"),
              "health-auto-export",
              List.of(
                  "healthautoexport/minutes.json",
                  "healthautoexport/days.json",
                  "healthautoexport/stand.json",
                  "healthautoexport/sleep-stages.json",
                  "healthautoexport/sleep-nights.json"),
              "health-connect",
              List.of("healthconnect/day.json", "healthconnect/test.json"),
              "open-mhealth",
              List.of("openmhealth/points.json", "openmhealth/ieee.json"),
              "owntracks",
              List.of(
                  "owntracks/location.json",
                  "owntracks/resting.json",
                  "owntracks/steps.json",
                  "owntracks/encrypted.json",
                  "owntracks/farewell.json"),
              "traccar-client",
              List.of("traccar/still.json", "traccar/driving.json", "traccar/mock.json"),
              "home-assistant",
              List.of("homeassistant/states.json"),
              "line-protocol",
              List.of("lineprotocol/lines.txt"),
              "ruuvi",
              List.of("ruuvi/heard.json", "ruuvi/gathered.json", "ruuvi/board.json")));
  private static final List<String> SPLINTERS =
      List.of(
          "null",
          "[]",
          "{}",
          "-1",
          "0",
          "1e999999999",
          "-9223372036854775808",
          "1e-400",
          "NaN",
          "true",
          "\"\"",
          "\"\u202f\"",
          "\\u0000",
          ",",
          ":",
          "\"",
          "]",
          "}",
          "{\"a\":",
          "[[[[[[",
          "99999999999999999999",
          "\"9999-99-99 99:99:99 +9999\"",
          "\n",
          "\\",
          "\u00e9",
          "=",
          "\"2026-05-04T08:00:00Z\"",
          "4000000000",
          "0.1e1");

  private Mutator() {}

  static List<String> formats() {
    return List.copyOf(FIXTURES.keySet());
  }

  /** The fixtures of a format, as folder and name. */
  static List<String> fixtures(String format) {
    return FIXTURES.get(format);
  }

  static byte[] whole(String format, int number) {
    List<String> names = FIXTURES.get(format);
    String[] name = names.get(number % names.size()).split("/", 2);
    return Collected.fixture(name[0], name[1]);
  }

  static byte[] broken(String format, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return broken(whole(format, random.nextInt(100)), random);
  }

  static byte[] broken(byte[] whole, SplittableRandom random) {
    byte[] bytes = whole;
    int wounds = 1 + random.nextInt(4);
    for (int i = 0; i < wounds && bytes.length > 0; i++) {
      bytes = wound(bytes, random);
    }
    return bytes;
  }

  private static byte[] wound(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    int end = Math.min(bytes.length, at + 1 + random.nextInt(24));
    return switch (random.nextInt(6)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] = (byte) random.nextInt(256);
        yield flipped;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> spliced(bytes, at, end, new byte[0]);
      case 3 -> spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
      case 4 -> {
        String splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
        yield spliced(bytes, at, end, splinter.getBytes(StandardCharsets.UTF_8));
      }
      default -> valueReplaced(bytes, at, random);
    };
  }

  /** Puts something else in place of the value behind the next colon, so that JSON stays JSON. */
  private static byte[] valueReplaced(byte[] bytes, int from, SplittableRandom random) {
    int colon = from;
    while (colon < bytes.length && bytes[colon] != ':') {
      colon++;
    }
    int end = colon;
    while (end < bytes.length && ",}]".indexOf(bytes[end]) < 0) {
      end++;
    }
    String splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size()));
    return colon >= bytes.length
        ? bytes
        : spliced(
            bytes, colon + 1, Math.max(end, colon + 1), splinter.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] middle) {
    byte[] result = Arrays.copyOf(bytes, from + middle.length + bytes.length - to);
    System.arraycopy(middle, 0, result, from, middle.length);
    System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
    return result;
  }
}
