package io.lumbar.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's certificate, which is read again when its files change: whoever renews it restarts
 * nothing. Connections that are open keep the one they began with.
 */
final class Tls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);
  private static final long EVERY_SECONDS = 10;

  /** For a key store that only ever is in memory. */
  private static final String PASSWORD = "in memory";

  private final TlsFiles files;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "tls-files");
            thread.setDaemon(true);
            return thread;
          });
  private List<String> seen = List.of();

  private Tls(TlsFiles files) {
    this.files = files;
  }

  /**
   * Reads the files and goes on to look at them until closed.
   *
   * @throws IllegalArgumentException with a sentence when they cannot be used
   */
  static Tls of(TlsFiles files) {
    Tls tls = new Tls(files);
    tls.seen = tls.traces();
    tls.factory.setKeyStorePassword(PASSWORD);
    tls.factory.setKeyStore(files.keys(PASSWORD));
    Future<?> unused =
        tls.worker.scheduleWithFixedDelay(
            tls::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    return tls;
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Takes files that have changed; those that cannot be used yet are looked at again. */
  synchronized void look() {
    List<String> now = traces();
    if (now.equals(seen)) {
      return;
    }
    try {
      var keys = files.keys(PASSWORD);
      factory.reload(same -> same.setKeyStore(keys));
      seen = now;
      LOG.info("the certificate was renewed");
    } catch (Exception e) {
      LOG.warn("the new certificate cannot be used, the old one stays: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private List<String> traces() {
    return List.of(trace(files.certificate()), trace(files.key()));
  }

  private static String trace(Path file) {
    try {
      return Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      return "";
    }
  }
}
