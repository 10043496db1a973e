package io.lumbar.alerts.delivery;

import io.lumbar.http.mail.Mail;
import io.lumbar.http.mail.MailFault;
import io.lumbar.http.mail.MailSender;
import io.lumbar.model.ChannelSettings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Mails an alert. A mailbox shows whatever it gets, so nothing is sent twice. A few mails are under
 * way at once; when the mail server hangs, those that would wait too long are refused at once.
 */
public final class EmailChannel implements AlertChannel {
  private static final int AT_ONCE = 4;
  private static final int WAITING = 64;
  private static final Duration ANSWER = Duration.ofSeconds(15);

  private final MailSender sender;
  private final Duration patience;
  private final @Nullable URI page;
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          EmailChannel::thread);

  /**
   * Mails by a sender.
   *
   * @param page where the wearer answers, or null when the server does not know how it is reached
   */
  public EmailChannel(MailSender sender, @Nullable URI page) {
    this(sender, page, ANSWER);
  }

  EmailChannel(MailSender sender, @Nullable URI page, Duration patience) {
    this.patience = patience;
    this.sender = sender;
    this.page = page;
    workers.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "alert-mail");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public boolean tellsRepeats() {
    return false;
  }

  @Override
  public CompletionStage<Void> deliver(Notice notice, ChannelSettings to) {
    String reader = to.to();
    if (reader == null) {
      return HttpPoster.refused(ChannelFault.Why.NO_ADDRESS);
    }
    Mail mail = AlertMail.of(notice, reader, page);
    Sending sending = new Sending(mail);
    try {
      workers.execute(sending);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new ChannelFault(ChannelFault.Kind.NOT_REACHED, ChannelFault.Why.MAILS_WAITING, e));
    }
    CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
        .execute(sending::giveUp);
    return sending.done;
  }

  /** One mail. Whoever is first, a worker or the end of patience, decides whether it is sent. */
  private final class Sending implements Runnable {
    private final Mail mail;
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Sending(Mail mail) {
      this.mail = mail;
    }

    @Override
    public void run() {
      if (!decided.compareAndSet(false, true)) {
        return;
      }
      try {
        sender.send(mail);
        done.complete(null);
      } catch (MailFault e) {
        done.completeExceptionally(
            new ChannelFault(kind(e.kind()), why(e.why()), Integer.toString(e.code()), e));
      } catch (RuntimeException e) {
        done.completeExceptionally(e);
      }
    }

    /** A mail that no worker has begun stays unsent for good; one that was begun may arrive. */
    void giveUp() {
      boolean unsent = decided.compareAndSet(false, true);
      if (unsent) {
        workers.remove(this);
      }
      done.completeExceptionally(
          unsent
              ? new ChannelFault(ChannelFault.Kind.NOT_REACHED, ChannelFault.Why.MAILS_SLOW, null)
              : new ChannelFault(ChannelFault.Kind.UNCERTAIN, ChannelFault.Why.MAIL_SILENT, null));
    }
  }

  private static ChannelFault.Why why(MailFault.Why why) {
    return switch (why) {
      case LOGIN -> ChannelFault.Why.MAIL_LOGIN;
      case CERTIFICATE -> ChannelFault.Why.MAIL_CERTIFICATE;
      case NO_ENCRYPTION -> ChannelFault.Why.MAIL_NO_ENCRYPTION;
      case UNREACHABLE -> ChannelFault.Why.MAIL_UNREACHABLE;
      case REFUSED -> ChannelFault.Why.MAIL_REFUSED;
      case NOT_NOW -> ChannelFault.Why.MAIL_NOT_NOW;
      case BROKE_OFF -> ChannelFault.Why.MAIL_BROKE_OFF;
      case UNWRITABLE -> ChannelFault.Why.MAIL_UNWRITABLE;
    };
  }

  private static ChannelFault.Kind kind(MailFault.Kind kind) {
    return switch (kind) {
      case NOT_TAKEN -> ChannelFault.Kind.NOT_REACHED;
      case UNCERTAIN -> ChannelFault.Kind.UNCERTAIN;
      case NOT_ADMITTED, REFUSED -> ChannelFault.Kind.REFUSED;
    };
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
