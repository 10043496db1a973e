package io.lumbar.app.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Warnings of Lumbar and errors of its libraries go to standard error, Kafka's lines never do; with
 * a data folder, all that the log level lets through goes to {@code logs/lumbar.log}, 20 MB at
 * most, but for what {@link RepairedByKafka} leaves out.
 *
 * <p>Logback finds this class as a service, so that not even the first line needs a file.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  /** A text that was sent begins no line of its own. */
  private static final String LINE =
      "%date{ISO8601} %-5level [%thread] %logger{20} %X{request}"
          + " %replace(%msg %kvp{NONE}){'[\\r\\n]+',' '}%n";

  private static final List<String> KAFKA =
      List.of("kafka", "org.apache.kafka", "state.change.logger");
  private static final List<String> LOUD =
      List.of("org.eclipse.jetty", "io.javalin", "org.rocksdb");

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    Stream.concat(KAFKA.stream(), LOUD.stream())
        .forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setName("console");
    console.setTarget("System.err");
    console.setEncoder(pattern(context, "%level: %msg%n%nopex"));
    console.addFilter(new ForPeople());
    console.start();
    root.addAppender(console);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /**
   * Starts the log file.
   *
   * @param level error, warn, info or debug; debug is for Lumbar's own lines only
   * @param format text, or json for a JSON document a line
   */
  public static void toFolder(Path folder, String level, String format) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Level wanted = Level.toLevel(level, Level.INFO);
    context.getLogger("io.lumbar").setLevel(wanted);
    RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
    file.setContext(context);
    file.setName("file");
    file.setFile(folder.resolve("lumbar.log").toString());
    file.setEncoder(format.equals("json") ? json(context) : pattern(context, LINE));

    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(file);
    window.setFileNamePattern(folder.resolve("lumbar.%i.log").toString());
    window.setMinIndex(1);
    window.setMaxIndex(3);
    window.start();
    SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
    size.setContext(context);
    size.setMaxFileSize(FileSize.valueOf("5MB"));
    size.start();
    file.setRollingPolicy(window);
    file.setTriggeringPolicy(size);
    RepairedByKafka repaired = new RepairedByKafka();
    repaired.start();
    file.addFilter(repaired);
    file.start();

    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.detachAppender("file");
    root.addAppender(file);
  }

  private static JsonEncoder json(LoggerContext context) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(context);
    encoder.setWithContext(false);
    encoder.setWithSequenceNumber(false);
    encoder.setWithFormattedMessage(true);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.start();
    return encoder;
  }

  private static PatternLayoutEncoder pattern(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }

  /**
   * Kafka calls much an error that it repeats or repairs by itself. What a person has to know of
   * its troubles comes in Lumbar's own words: a part that is ill, a reason to end.
   */
  private static final class ForPeople extends Filter<ILoggingEvent> {
    @Override
    public FilterReply decide(ILoggingEvent event) {
      String name = event.getLoggerName();
      if (KAFKA.stream().anyMatch(kafka -> isIn(kafka, name))) {
        return FilterReply.DENY;
      }
      Level least = isIn("io.lumbar", name) ? Level.WARN : Level.ERROR;
      return event.getLevel().isGreaterOrEqual(least) ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private static boolean isIn(String parent, String name) {
      return name.equals(parent) || name.startsWith(parent + ".");
    }
  }
}
