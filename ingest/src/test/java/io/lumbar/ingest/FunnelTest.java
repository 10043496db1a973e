package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.model.KafkaConnection;
import io.lumbar.model.Posture;
import io.lumbar.model.PostureObservation;
import io.lumbar.model.Provenance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FunnelTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Source IMPORT =
      new Source(Uploads.WEARER, Uploads.DEVICE, null, "/import", Provenance.IMPORT);

  @TempDir Path folder;

  @Test
  void whoWaitsForSendersIsToldOfAClosedGateAndOfWhenTheyComeBack() {
    List<Integer> told = new ArrayList<>();
    try (Outbox outbox = new Outbox(KafkaConnection.plain("127.0.0.1:1"));
        DuplicateIndex index = DuplicateIndex.open(folder, 1_024, NOW)) {
      outbox.whenRefused(told::add);
      Funnel funnel =
          new Funnel(
              outbox,
              index,
              new Tally(List.of("native")),
              InstantSource.fixed(NOW),
              100,
              () -> Optional.of("the disk has only 200 MB left"));

      refuses(funnel, IMPORT);
      assertThat(told).as("an import is old, and no timer waits for it").isEmpty();
      refuses(funnel, Uploads.SOURCE);
      assertThat(told).containsExactly(30);
    }
  }

  private static void refuses(Funnel funnel, Source source) {
    PostureObservation sitting =
        PostureObservation.span(
            Uploads.SOURCE.stampAt(NOW), Posture.SITTING, NOW.minusSeconds(60), NOW);
    assertThatThrownBy(
            () -> funnel.accept(source, "native", List.of(new Element.Reading("[0]", 1, sitting))))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("only 200 MB left; send the same upload again later");
  }
}
