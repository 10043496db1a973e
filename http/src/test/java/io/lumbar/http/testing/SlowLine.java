package io.lumbar.http.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A line on loopback to a server, over which its answers come as much later as is said. Nothing is
 * lost or put into another order.
 */
public final class SlowLine implements AutoCloseable {
  private static final int CHUNK = 64 << 10;

  private final ServerSocket listening;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "slow-line");
            thread.setDaemon(true);
            return thread;
          });
  private volatile int behind;
  private volatile long delayNanos;

  /** A line that leads nowhere yet. */
  public SlowLine() {
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients connect to. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Leads to a port of this machine from now on. */
  public void leadTo(int port) {
    behind = port;
    threads.execute(this::accept);
  }

  /** What is answered from now on comes so much later. */
  public void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        threads.execute(() -> join(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void join(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      DelayQueue<Answer> answers = new DelayQueue<>();
      threads.execute(() -> deliver(answers, client));
      threads.execute(() -> hear(server, answers));
      client.getInputStream().transferTo(server.getOutputStream());
    } catch (IOException e) {
      // One of the two has gone, and both sockets are closed.
    }
  }

  private void hear(Socket server, DelayQueue<Answer> answers) {
    byte[] chunk = new byte[CHUNK];
    long due = System.nanoTime();
    try (InputStream in = server.getInputStream()) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        // Not before the one in front of it, when the delay has become shorter.
        due = Math.max(due + 1, System.nanoTime() + delayNanos);
        answers.add(new Answer(Arrays.copyOf(chunk, read), due));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void deliver(DelayQueue<Answer> answers, Socket client) {
    try {
      while (!client.isClosed()) {
        Answer answer = answers.poll(1, TimeUnit.SECONDS);
        if (answer != null) {
          client.getOutputStream().write(answer.bytes);
        }
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Answer implements Delayed {
    private final byte[] bytes;
    private final long due;

    Answer(byte[] bytes, long due) {
      this.bytes = bytes;
      this.due = due;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(due, ((Answer) other).due);
    }
  }
}
