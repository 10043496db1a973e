package io.lumbar.app.cli;

import io.lumbar.app.Up;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * What is done when the process is asked to end, by Ctrl-C or by a service manager, or ends by
 * itself: the server is closed, then what it stood on is tidied up.
 */
final class Ending {
  /** For a server that is about to stand; with its close it stays within ten seconds. */
  private static final long PATIENCE_SECONDS = 7;

  /** Whatever does not stop by then (a mail server that hangs, say) is cut off. */
  private static final long LONGEST_MILLIS = 9_500;

  /** As after Ctrl-C, until the process ends by a fault. */
  private static volatile int code = 130;

  private final CompletableFuture<Up> server = new CompletableFuture<>();

  private Ending() {}

  /** Notes that the process ends by a fault, so that a service manager starts it again. */
  static void failed() {
    code = CommandLine.ExitCode.SOFTWARE;
  }

  /** Sees to it from here on, even if the server does not stand yet. */
  static Ending ofProcess(Runnable tidyUp) {
    Ending ending = new Ending();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.happens(tidyUp), "lumbar-stop"));
    return ending;
  }

  /** Starts the server that is closed in the end; an end meanwhile waits for it. */
  Up serve(Supplier<Up> start) {
    try {
      Up up = start.get();
      server.complete(up);
      return up;
    } catch (RuntimeException | Error e) {
      server.completeExceptionally(e);
      throw e;
    }
  }

  private void happens(Runnable tidyUp) {
    cutOffLater();
    try {
      server.get(PATIENCE_SECONDS, TimeUnit.SECONDS).close();
    } catch (ExecutionException | TimeoutException e) {
      // There is nothing to close.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tidyUp.run();
  }

  /** What was acknowledged is with the broker already, and stays as after a kill. */
  private static void cutOffLater() {
    Thread cut =
        new Thread(
            () -> {
              try {
                Thread.sleep(LONGEST_MILLIS);
                Runtime.getRuntime().halt(code);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "lumbar-cut-off");
    cut.setDaemon(true);
    cut.start();
  }
}
