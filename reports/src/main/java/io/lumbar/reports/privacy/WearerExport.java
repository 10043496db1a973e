package io.lumbar.reports.privacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lumbar.history.DayRecord;
import io.lumbar.history.HistoryStore;
import io.lumbar.history.HistoryStore.AnsweredAlert;
import io.lumbar.history.HistoryStore.Page;
import io.lumbar.history.HistoryStore.Range;
import io.lumbar.http.Registry;
import io.lumbar.model.Barrier;
import io.lumbar.model.Correction;
import io.lumbar.model.Json;
import io.lumbar.model.MotionBatch;
import io.lumbar.model.MotionCodec;
import io.lumbar.model.NightSummary;
import io.lumbar.model.Statement;
import io.lumbar.model.Topic;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import io.lumbar.reports.statistics.Rounded;
import io.lumbar.reports.trends.DayEntries;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is kept of a wearer as one zip: the history, what the topics still hold, the
 * registry's record without secrets, who read what, and the reports. Holds one page at a time.
 */
final class WearerExport {
  private static final int PAGE = 2_000;
  private static final LocalDate FIRST_DAY = LocalDate.of(1970, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9998, 12, 31);

  private final HistoryStore history;
  private final WearerTopics topics;
  private final Registry registry;
  private final Optional<Path> reports;
  private final Wearer wearer;
  private final Instant now;
  private @Nullable ForgottenSpans forgotten;

  WearerExport(
      HistoryStore history,
      WearerTopics topics,
      Registry registry,
      Optional<Path> reports,
      Wearer wearer,
      Instant now) {
    this.history = history;
    this.topics = topics;
    this.registry = registry;
    this.reports = reports;
    this.wearer = wearer;
    this.now = now;
  }

  /**
   * Writes the zip.
   *
   * @throws HistoryStore.HistoryUnavailable or Kafka's exceptions when a source is away
   */
  void writeTo(OutputStream out) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      List<ExportTable> tables = tables();
      put(zip, "README.txt", readme(tables).getBytes(StandardCharsets.UTF_8));
      put(zip, "wearer.json", Json.bytes(registered()));
      for (ExportTable table : tables) {
        zip.putNextEntry(new ZipEntry(table.name() + ".json"));
        Set<String> columns = table.json(zip);
        zip.closeEntry();
        zip.putNextEntry(new ZipEntry(table.name() + ".csv"));
        table.csv(zip, columns);
        zip.closeEntry();
      }
      motion(zip);
      reports(zip);
    }
  }

  private List<ExportTable> tables() {
    WearerId id = wearer.id();
    return List.of(
        new ExportTable(
            "bouts",
            "unbroken spells of a posture",
            columns("id,wearer,posture,from,to,holdsUntil,zone,placement,open,revision"),
            paged(range -> history.bouts(id, null, range), Json::bytes)),
        new ExportTable(
            "episodes",
            "spells worth acting on",
            columns("id,wearer,kind,from,to,zone,level,open,revision"),
            paged(range -> history.episodes(id, range), Json::bytes)),
        new ExportTable(
            "alerts",
            "what you were told, and your answer",
            columns("id,wearer,episode,kind,step,at,since,zone,title,text,decision"),
            paged(range -> history.alerts(id, range), WearerExport::answered)),
        new ExportTable(
            "decisions",
            "why you were told, or not",
            columns("id,wearer,episode,kind,step,at,zone,reason,detail"),
            paged(range -> history.decisions(id, range), Json::bytes)),
        new ExportTable(
            "days",
            "your days",
            columns("wearer,date,zone,revision"),
            taker ->
                each(
                    history.days(id, FIRST_DAY, LAST_DAY).stream()
                        .map(
                            day ->
                                Rounded.tree(
                                    DayRecord.tree(DayEntries.withAwake(day, wearer.settings()))))
                        .toList(),
                    taker)),
        new ExportTable(
            "nights",
            "your nights, by the date of waking",
            columns("wearer,date,zone,revision,inBedFrom,inBedTo"),
            taker ->
                each(
                    history.nights(id, FIRST_DAY, LAST_DAY).stream()
                        .map(night -> Rounded.of(night, NightSummary.class))
                        .toList(),
                    taker)),
        new ExportTable(
            "experiments",
            "what you try on yourself",
            columns("id,statedAt,from,change"),
            taker -> each(history.experiments(id), taker)),
        new ExportTable(
            "posture",
            "what devices said of posture",
            columns("kind,stamp.device,stamp.placement,stamp.zone,posture,from,to"),
            topic(Topic.POSTURE)),
        new ExportTable(
            "steps",
            "what devices said of steps",
            columns("kind,stamp.device,stamp.placement,stamp.zone,steps,from,to"),
            topic(Topic.STEPS)),
        new ExportTable(
            "checkins", "what you told us", columns("kind,id,statedAt"), topic(Topic.CHECKINS)),
        new ExportTable(
            "responses",
            "your answers to alerts",
            columns("alert,wearer,action,at"),
            topic(Topic.RESPONSES)),
        new ExportTable(
            "deliveries",
            "how alerts reached you",
            columns("alert,wearer,channel,outcome,attempt,at"),
            topic(Topic.DELIVERIES)),
        new ExportTable(
            "calibrations",
            "how sensors were fitted",
            columns("wearer,device,placement"),
            topic(Topic.CALIBRATIONS)),
        new ExportTable(
            "dead-letters",
            "what could not be used, and why",
            columns("where,reason,bytes,at"),
            topic(Topic.DEAD_LETTERS)),
        new ExportTable(
            "readings",
            "who read what, by hour",
            columns("wearer,reader,what,hour,source,first,last,times"),
            taker -> each(history.readings(id, Instant.EPOCH, now.plusSeconds(1)), taker)));
  }

  private static List<String> columns(String names) {
    return List.of(names.split(","));
  }

  private static byte[] answered(AnsweredAlert answered) {
    ObjectNode alert = Json.mapper().valueToTree(answered.alert());
    alert.set("response", Json.mapper().valueToTree(answered.response()));
    return Json.bytes(alert);
  }

  private static <T> ExportTable.Rows paged(
      Function<Range, Page<T>> read, Function<T, byte[]> json) {
    return taker -> {
      String after = null;
      do {
        Page<T> page = read.apply(new Range(null, null, PAGE, after));
        page.items().forEach(item -> taker.accept(tree(json.apply(item))));
        after = page.next();
      } while (after != null);
    };
  }

  private static void each(List<?> items, Consumer<JsonNode> taker) {
    items.forEach(item -> taker.accept(Json.mapper().valueToTree(item)));
  }

  private ExportTable.Rows topic(Topic topic) {
    return taker ->
        topics.each(
            topic,
            wearer.id(),
            value -> {
              JsonNode row = tree(value);
              if (!row.path("kind").asText().equals(Barrier.KEY) && !forgotten().touch(row)) {
                taker.accept(row);
              }
            });
  }

  /** Kafka keeps for some time yet what is forgotten everywhere else. */
  private ForgottenSpans forgotten() {
    ForgottenSpans known = forgotten;
    if (known == null) {
      List<Correction> told = new ArrayList<>();
      topics.each(
          Topic.CHECKINS,
          wearer.id(),
          value -> {
            if (Json.read(value, Statement.class) instanceof Correction correction) {
              told.add(correction);
            }
          });
      known = ForgottenSpans.of(wearer, history.erasures(Instant.EPOCH), told);
      forgotten = known;
    }
    return known;
  }

  private static JsonNode tree(byte[] json) {
    return Json.read(json, JsonNode.class);
  }

  /**
   * What the registry holds: no tokens, which it has as hashes only, and no secrets of channels.
   */
  private Object registered() {
    ObjectNode own = Json.mapper().valueToTree(wearer);
    own.remove("tokenHash");
    own.set(
        "settings",
        Json.mapper()
            .valueToTree(wearer.settings().withAlerts(wearer.settings().alerts().hidden())));
    List<JsonNode> devices = new ArrayList<>();
    registry
        .devicesOf(wearer.id())
        .forEach(
            device -> {
              ObjectNode one = Json.mapper().valueToTree(device);
              one.remove(List.of("tokenHash", "tagHash"));
              devices.add(one);
            });
    own.putArray("devices").addAll(devices);
    return own;
  }

  /** As a table alone: a day of raw motion is millions of samples. */
  private void motion(ZipOutputStream zip) throws IOException {
    zip.putNextEntry(new ZipEntry("motion.csv"));
    zip.write("time_ms,device,placement,x_g,y_g,z_g\r\n".getBytes(StandardCharsets.UTF_8));
    topics.each(
        Topic.MOTION,
        wearer.id(),
        value -> {
          if (value.length > 0 && value[0] != '{') {
            samples(MotionCodec.decode(value), forgotten(), zip);
          }
        });
    zip.closeEntry();
  }

  private static void samples(MotionBatch batch, ForgottenSpans forgotten, OutputStream out) {
    StringBuilder lines = new StringBuilder(batch.size() * 64);
    String stamp =
        "," + batch.stamp().device().value() + "," + batch.stamp().placement().wireName();
    for (int i = 0; i < batch.size(); i++) {
      if (forgotten.cover(Instant.ofEpochMilli(batch.millisAt(i)))) {
        continue;
      }
      lines.append(batch.millisAt(i)).append(stamp);
      for (float axis : new float[] {batch.x()[i], batch.y()[i], batch.z()[i]}) {
        lines.append(',').append(String.format(Locale.ROOT, "%.4f", axis));
      }
      lines.append("\r\n");
    }
    try {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void reports(ZipOutputStream zip) throws IOException {
    Path folder = reports.map(root -> root.resolve(wearer.id().value())).orElse(null);
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> !f.getFileName().toString().startsWith(".")).sorted().toList()) {
        put(zip, "reports/" + file.getFileName(), Files.readAllBytes(file));
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  private String readme(List<ExportTable> tables) {
    StringBuilder text = new StringBuilder();
    text.append("Everything that Lumbar keeps of ").append(wearer.name());
    text.append(", as of ").append(now).append(".\r\n\r\n");
    text.append(
        "Times are in UTC unless an offset stands with them. Each kind of data comes twice:\r\n");
    text.append("NAME.json, a list, and NAME.csv, a table of the same (UTF-8, commas).\r\n\r\n");
    text.append("wearer.json      name, zones, settings, devices; no tokens and no passwords\r\n");
    for (ExportTable table : tables) {
      text.append(String.format(Locale.ROOT, "%-16s %s%n", table.name(), table.about()));
    }
    text.append("motion.csv       raw samples, in g, as long as they are kept\r\n");
    text.append("reports/         the morning reports as they were delivered\r\n\r\n");
    text.append("What reaches into a span that you had forgotten is left out.\r\n");
    text.append(
        "What each field means stands in Lumbar's documentation, which is not part of this"
            + " file:\r\n");
    text.append("docs/privacy.md and docs/api.md in the folder that Lumbar was built from.\r\n");
    text.append("A table without rows has the fields that every row of its kind would have.\r\n");
    return text.toString();
  }
}
