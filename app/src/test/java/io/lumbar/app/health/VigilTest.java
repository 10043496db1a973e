package io.lumbar.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class VigilTest {
  private static final String ENDS = "; Lumbar ends, to be started again (the log says more)";

  private final List<String> said = new ArrayList<>();

  @Test
  void saysOnceThatAPartHasEnded() {
    AtomicBoolean lives = new AtomicBoolean(true);
    try (Vigil vigil = new Vigil()) {
      vigil.over("the live feed", lives::get);
      vigil.look(said::add);
      assertThat(said).isEmpty();
      lives.set(false);
      vigil.look(said::add);
      vigil.look(said::add);
      assertThat(said).containsExactly("the live feed has stopped" + ENDS);
    }
  }

  @Test
  void saysWhyWhereThatIsKnown() throws Exception {
    AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    CompletableFuture<String> fault = new CompletableFuture<>();
    try (Vigil vigil = new Vigil()) {
      vigil.overReason("the stream", reason::get);
      vigil.start(fault::complete);
      assertThat(fault).isNotDone();
      reason.set(Optional.of("the stream has failed too often"));
      assertThat(fault.get(10, TimeUnit.SECONDS))
          .isEqualTo("the stream has failed too often" + ENDS);
    }
  }
}
