package io.lumbar.reports.schedule;

import io.lumbar.model.ReportSettings;
import io.lumbar.model.Wearer;
import io.lumbar.reports.render.ReportFormat;
import io.lumbar.reports.schedule.ReportPost.Outcome;
import io.lumbar.reports.schedule.ReportPost.Parcel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Mails whole reports, as plain text and as HTML for mail programs. */
public final class MailWay implements ReportPost.Way {
  private final Mailbox mailbox;

  public MailWay(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** Sends letters. */
  @FunctionalInterface
  public interface Mailbox {
    /** Sends one, and says how it went; blocks for some seconds at most. */
    Outcome send(Letter letter);
  }

  /**
   * A mail.
   *
   * @param id the same when it is sent again
   */
  public record Letter(String id, String to, String subject, String text, String html) {
    /** Names it and neither its reader nor what it says. */
    @Override
    public String toString() {
      return "letter " + id;
    }
  }

  private record Stamped(Letter letter, Mailbox mailbox) implements Parcel {
    @Override
    public CompletionStage<Outcome> send(Wearer wearer) {
      return CompletableFuture.completedFuture(mailbox.send(letter));
    }

    @Override
    public String toString() {
      return letter.toString();
    }
  }

  @Override
  public List<String> readers(Wearer wearer) {
    ReportSettings settings = wearer.settings().reports();
    String email = settings == null ? null : settings.email();
    return email == null ? List.of() : List.of(email);
  }

  /** The address is not in it: another one of the same wearer gets no second copy. */
  @Override
  public String noted(String report, String reader) {
    return report;
  }

  @Override
  public Parcel pack(Wearer wearer, String reader, Print print) {
    return new Stamped(
        new Letter(
            "report." + wearer.id().value().replaceAll("[^A-Za-z0-9.-]", "") + "." + print.name(),
            reader,
            "Lumbar: " + print.title(),
            text(print, ReportFormat.TEXT),
            text(print, ReportFormat.EMAIL)),
        mailbox);
  }

  private static String text(Print print, ReportFormat format) {
    return new String(print.bytes(format, Optional.empty()), StandardCharsets.UTF_8);
  }

  @Override
  public boolean sharesServer() {
    return true;
  }
}
