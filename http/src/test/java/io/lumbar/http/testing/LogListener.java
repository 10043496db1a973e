package io.lumbar.http.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Listens to what is logged: of Lumbar all, of libraries warnings and errors. */
public final class LogListener extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final List<ILoggingEvent> heard = new CopyOnWriteArrayList<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.lumbar");

  public static LogListener listen() {
    LogListener listener = new LogListener();
    listener.start();
    listener.own.setLevel(Level.DEBUG);
    listener.root.addAppender(listener);
    return listener;
  }

  @Override
  protected void append(ILoggingEvent event) {
    event.prepareForDeferredProcessing();
    heard.add(event);
  }

  public List<ILoggingEvent> heard() {
    return heard;
  }

  /** Errors, and exceptions that are worth a warning. */
  public List<String> complaints() {
    return heard.stream()
        .filter(
            event ->
                event.getLevel().isGreaterOrEqual(Level.ERROR)
                    || (event.getLevel() == Level.WARN && event.getThrowableProxy() != null))
        .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
        .toList();
  }

  @Override
  public void close() {
    root.detachAppender(this);
    own.setLevel(null);
  }
}
