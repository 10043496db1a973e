package io.lumbar.alerts.delivery;

import io.lumbar.http.mail.Mail;
import io.lumbar.http.mail.MailFault;
import io.lumbar.http.mail.MailSender;
import io.lumbar.model.ChannelSettings;
import java.net.URI;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Mails an alert. A mailbox shows whatever it gets, so nothing is sent twice. A few mails are under
 * way at once; when the mail server hangs, those that would wait too long are refused at once.
 */
public final class EmailChannel implements AlertChannel {
  private static final int AT_ONCE = 4;
  private static final int WAITING = 64;
  private static final int ANSWER_SECONDS = 15;

  private final MailSender sender;
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
      return HttpPoster.refused("the channel has no address");
    }
    Mail mail = AlertMail.of(notice, reader, page);
    try {
      return CompletableFuture.runAsync(() -> send(mail), workers)
          .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new ChannelFault(ChannelFault.Kind.NOT_REACHED, "too many mails are waiting", e));
    }
  }

  private void send(Mail mail) {
    try {
      sender.send(mail);
    } catch (MailFault e) {
      throw new ChannelFault(kind(e.kind()), String.valueOf(e.getMessage()), e);
    }
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
