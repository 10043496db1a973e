package io.lumbar.reports.schedule;

import io.lumbar.model.ChannelSettings;
import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.reports.schedule.ReportPost.Outcome;
import io.lumbar.reports.schedule.ReportPost.Parcel;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a wearer's alert channels that a report is there, with a link to it and nothing of what
 * it says: other people's servers pass it on.
 */
public final class ChannelWay implements ReportPost.Way {
  private final Herald herald;
  private final Optional<URI> page;

  /**
   * Tells by a herald.
   *
   * @param page the start of links that other devices may follow; without it the link is left out
   */
  public ChannelWay(Herald herald, Optional<URI> page) {
    this.herald = herald;
    this.page = page;
  }

  /** Speaks by alert channels. */
  @FunctionalInterface
  public interface Herald {
    /** Sends a word by a channel of the wearer, and says how it went. */
    CompletionStage<Outcome> send(Word word, ChannelSettings to);
  }

  /**
   * That a report is there.
   *
   * @param id the same when it is sent again
   * @param title what it is, for example a date
   */
  public record Word(String id, Wearer wearer, String title, @Nullable URI link) {
    /** Names it and nothing more. */
    @Override
    public String toString() {
      return "word " + id;
    }
  }

  private record Spoken(String id, String channel, String title, @Nullable URI link, Herald herald)
      implements Parcel {
    @Override
    public CompletionStage<Outcome> send(Wearer wearer) {
      return find(wearer, channel)
          .map(to -> herald.send(new Word(id, wearer, title, link), to))
          .orElse(CompletableFuture.completedFuture(Outcome.GIVEN_UP));
    }

    @Override
    public String toString() {
      return "word " + id;
    }
  }

  @Override
  public List<String> readers(Wearer wearer) {
    ReportSettings settings = wearer.settings().reports();
    return settings == null
        ? List.of()
        : settings.channels().stream().filter(name -> find(wearer, name).isPresent()).toList();
  }

  private static Optional<ChannelSettings> find(Wearer wearer, String name) {
    return wearer.settings().alerts().channels().stream()
        .filter(each -> each.name().equals(name))
        .findFirst();
  }

  @Override
  public String noted(String report, String reader) {
    return report + " by " + reader;
  }

  @Override
  public Parcel pack(Wearer wearer, String reader, Print print) {
    String path = "/reports/" + wearer.id() + "/" + print.name();
    URI link =
        page.map(start -> URI.create(start.toString().replaceAll("/+$", "") + path)).orElse(null);
    String id = "report." + wearer.id() + "." + print.name();
    return new Spoken(id, reader, print.title(), link, herald);
  }

  @Override
  public boolean sharesServer() {
    return false;
  }
}
