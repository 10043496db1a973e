package io.lumbar.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How long uploads of one client take, alone and beside many clients that bring a byte a second, in
 * turns.
 */
final class SlowClients {
  private static final int REQUESTS = 400;
  private static final int BATCH = 10;
  private static final Duration SPAN = Duration.ofSeconds(30);

  private final ChildProcess server;
  private final Plan plan;
  private final Instant now;

  SlowClients(ChildProcess server, Plan plan, Instant now) {
    this.server = server;
    this.plan = plan;
    this.now = now;
  }

  Figure measure() throws IOException {
    Subject subject = Subject.add(server, "hurried", 1, now).get(0);
    Diary diary = new Diary(subject, now.minus(Duration.ofDays(10)), SPAN);
    List<Long> alone = new ArrayList<>();
    List<Long> beside = new ArrayList<>();
    try (HttpConnection client = new HttpConnection(server.url())) {
      for (int round = -plan.warmUps(); round < plan.rounds(); round++) {
        List<Long> without = upload(client, diary);
        List<Long> with;
        try (Crowd crowd = Crowd.of(server.url(), plan.slowClients())) {
          with = upload(client, diary);
          crowd.requireConnected();
        }
        if (round >= 0) {
          alone.addAll(without);
          beside.addAll(with);
        }
      }
    }
    double p99 = p99(beside);
    return Figure.atMost(
        "upload p99 beside slow clients / alone",
        p99 / p99(alone),
        "",
        2,
        String.format(
            Locale.ROOT,
            "%.2f ms beside %,d that bring a byte a second, %.2f ms alone",
            p99 / 1e6,
            plan.slowClients(),
            p99(alone) / 1e6));
  }

  private static List<Long> upload(HttpConnection client, Diary diary) throws IOException {
    List<Long> nanos = new ArrayList<>(REQUESTS);
    for (int i = 0; i < REQUESTS; i++) {
      byte[] request = diary.upload(BATCH);
      long begun = System.nanoTime();
      HttpConnection.Answer answer = client.send(request);
      nanos.add(System.nanoTime() - begun);
      if (answer.status() / 100 != 2) {
        throw new IOException("an upload was answered " + answer.status());
      }
    }
    return nanos;
  }

  private static double p99(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() * 99 / 100);
  }

  /** Clients that have begun an upload and bring a byte of it a second. */
  private static final class Crowd implements AutoCloseable {
    private final List<SocketChannel> clients = new ArrayList<>();
    private final Thread trickle = new Thread(this::trickle, "slow clients");
    private volatile boolean ends;
    private final AtomicInteger gone = new AtomicInteger();

    static Crowd of(URI server, int count) throws IOException {
      Crowd crowd = new Crowd();
      byte[] head =
          HttpConnection.head(
              List.of(
                  "POST /api/v1/observations HTTP/1.1",
                  "Host: localhost",
                  "Content-Length: 100000"));
      try {
        for (int i = 0; i < count; i++) {
          SocketChannel client =
              SocketChannel.open(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
          crowd.clients.add(client);
          client.write(ByteBuffer.wrap(head));
          client.configureBlocking(false);
        }
      } catch (IOException e) {
        crowd.close();
        throw e;
      }
      crowd.trickle.start();
      return crowd;
    }

    void requireConnected() throws IOException {
      if (gone.get() > 0) {
        throw new IOException(gone + " slow clients were cut off before they were to be");
      }
    }

    private void trickle() {
      while (!ends) {
        for (SocketChannel client : clients) {
          if (ends) {
            return;
          }
          try {
            client.write(ByteBuffer.wrap("[".getBytes(US_ASCII)));
          } catch (IOException e) {
            gone.incrementAndGet();
          }
          LockSupport.parkNanos(1_000_000_000L / clients.size());
        }
      }
    }

    @Override
    public void close() throws IOException {
      ends = true;
      try {
        trickle.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      for (SocketChannel client : clients) {
        client.close();
      }
    }
  }
}
