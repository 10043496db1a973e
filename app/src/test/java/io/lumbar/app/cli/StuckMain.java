package io.lumbar.app.cli;

import io.lumbar.app.Site;
import io.lumbar.app.Wiring;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process of its own whose one part ends by a fault as it starts, and then never stops. */
public final class StuckMain {
  private StuckMain() {}

  /** Takes what {@code ./lumbar} takes. */
  public static void main(String[] arguments) {
    System.exit(Main.commandLine(Surroundings.ofProcess(), StuckMain::start).execute(arguments));
  }

  private static Wiring.Running start(Site site, Consumer<String> fault) {
    fault.accept("the part has stopped");
    return new Wiring.Running() {
      @Override
      public int port() {
        return 1;
      }

      @Override
      public String signInPath() {
        return "/?code=once";
      }

      @Override
      public List<String> endpoints() {
        return List.of();
      }

      @Override
      public void close() {
        try {
          TimeUnit.MINUTES.sleep(2);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
