package io.lumbar.app.cli;

import io.lumbar.app.Site;
import io.lumbar.app.Wiring;

/** The parts that this build has. */
final class Parts implements Wiring {

  @Override
  public Running start(Site site) {
    return new Running() {
      @Override
      public int port() {
        return site.settings().http().port();
      }

      @Override
      public String signInPath() {
        return "/";
      }

      @Override
      public void close() {}
    };
  }
}
