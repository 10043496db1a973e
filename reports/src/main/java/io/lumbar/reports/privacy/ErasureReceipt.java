package io.lumbar.reports.privacy;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lumbar.history.HistoryStore.Erasure;
import io.lumbar.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure took away, what ends by itself and when, and what is not in Lumbar's hands.
 *
 * @param id by which it is read again: the wearer's, or with a span that of the span
 * @param done whether all of {@code gone} is away
 * @param from beginning of the span; null, with {@code to}, for all of a wearer
 * @param gone what is away, or will be in moments
 * @param expires what Kafka keeps until its retention ends, the last of it at that time
 * @param yours copies that only people can delete
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureReceipt(
    String id,
    String wearer,
    boolean done,
    @Nullable Instant from,
    @Nullable Instant to,
    Instant askedAt,
    List<Gone> gone,
    List<Expires> expires,
    List<String> yours) {
  /** Kafka compacts within minutes after its segment closes, which a sweep sees to. */
  private static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

  /** RocksDB writes its files anew within a day. */
  private static final Duration STATE_WITHIN = Duration.ofDays(2);

  private static final List<String> YOURS =
      List.of(
          "Backups and exports that were made before.",
          "Files in the import folder and on phones.",
          "Reports and reminders that were sent to somebody.");

  /**
   * A kind of data that is away.
   *
   * @param done false while it is still under way
   */
  public record Gone(String what, boolean done) {}

  /** A kind of data and the time by which the last of it is off the disk. */
  public record Expires(String what, String where, Instant at) {}

  /**
   * The receipt of all of a wearer.
   *
   * @param kept how long each topic keeps records, where that is not the default
   * @param done whether the history has done its part
   * @param withReports whether reports lay in a folder here, which go at once
   */
  static ErasureReceipt ofAll(
      Erasure erasure, Map<Topic, Duration> kept, boolean done, boolean withReports) {
    List<Gone> gone = new ArrayList<>();
    gone.add(new Gone("name, settings, tokens, devices", true));
    gone.add(
        new Gone(
            "bouts, episodes, alerts, decisions, days, nights, weeks and experiments in the history",
            done));
    gone.add(new Gone("who read what", done));
    gone.add(new Gone("what analytics and alerts work with", done));
    if (withReports) {
      gone.add(new Gone("reports", true));
    }
    return of(erasure.wearer().value(), erasure, kept, gone);
  }

  /**
   * The receipt of a span.
   *
   * @param withReports whether reports lie in a folder here
   * @param reportsGone whether none of them is about the span any more
   */
  static ErasureReceipt ofSpan(
      Erasure erasure,
      Map<Topic, Duration> kept,
      SpanReceipt.Progress progress,
      boolean withReports,
      boolean reportsGone) {
    List<Gone> gone = new ArrayList<>();
    gone.add(
        new Gone(
            "bouts, episodes, alerts and decisions of the span in the history",
            progress.history()));
    gone.add(
        new Gone(
            "its part in the sums of days and nights; of days so long ago that they cannot be summed"
                + " anew, the whole day's and night's",
            progress.sums()));
    gone.add(
        new Gone("what was told of the span: pain, stiffness, lifts, stretches", progress.sums()));
    gone.add(new Gone("its part in what analytics and alerts find", progress.sums()));
    if (withReports) {
      gone.add(
          new Gone(
              "reports of its mornings, weeks and months: deleted within minutes, those of the"
                  + " last 15 days made again",
              progress.sums() && reportsGone));
    }
    return of(SpanReceipt.of(erasure).id(), erasure, kept, gone);
  }

  private static ErasureReceipt of(
      String id, Erasure erasure, Map<Topic, Duration> kept, List<Gone> gone) {
    List<Expires> expires = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      if (!topic.isCompacted()) {
        Duration retention = kept.getOrDefault(topic, topic.retention());
        expires.add(
            new Expires(
                topic.kind(), topic.topicName(), erasure.at().plus(retention).plus(Topic.SEGMENT)));
      }
    }
    expires.add(
        new Expires(
            "traces in compacted topics", "Kafka's files", erasure.at().plus(COMPACTED_WITHIN)));
    expires.add(
        new Expires(
            "traces of the working state", "state folder", erasure.at().plus(STATE_WITHIN)));
    return new ErasureReceipt(
        id,
        erasure.wearer().value(),
        gone.stream().allMatch(Gone::done),
        erasure.from(),
        erasure.to(),
        erasure.at(),
        gone,
        expires,
        YOURS);
  }
}
