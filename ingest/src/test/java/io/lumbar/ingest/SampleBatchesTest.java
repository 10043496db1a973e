package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.ingest.recording.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleBatchesTest {
  private final List<Element> taken = new ArrayList<>();

  private final ImportSink sink =
      new ImportSink() {
        @Override
        public void take(Element element) {
          taken.add(element);
        }

        @Override
        public void note(String sentence) {}
      };

  @Test
  void aWalkWithoutGravityDoesNotMakeTheRestPass() throws Exception {
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, Origin.Unit.TOLD_BY_SIZE, sink);
    minute(batches, 0, 1.2f);
    minute(batches, 1, 0.05f);
    minute(batches, 2, 9.8f);
    batches.finish();
    assertThat(taken.get(0)).isInstanceOf(Element.Motion.class);
    assertThat(taken.subList(1, taken.size())).hasOnlyElementsOfType(Element.Refused.class);
    assertThat(((Element.Refused) taken.get(1)).reason()).startsWith("unit");
  }

  @Test
  void whatIsKnownToBeInGIsTakenAsItIs() throws Exception {
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, Origin.Unit.G, sink);
    minute(batches, 0, 0.05f);
    batches.finish();
    assertThat(taken).singleElement().isInstanceOf(Element.Motion.class);
  }

  @Test
  void whatMustBeInGIsRefusedInMetresPerSecondSquared() throws Exception {
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, Origin.Unit.G_BY_RULE, sink);
    minute(batches, 0, 1f);
    minute(batches, 1, 9.8f);
    batches.finish();
    assertThat(taken.get(0)).isInstanceOf(Element.Motion.class);
    assertThat(((Element.Refused) taken.get(1)).reason()).startsWith("unit").contains("m/s2");
    assertThat(taken).hasSize(2);
  }

  @Test
  void aMinuteOfRunningPassesOnceTheUnitIsKnown() throws Exception {
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, Origin.Unit.TOLD_BY_SIZE, sink);
    minute(batches, 0, 9.8f);
    minute(batches, 1, 20f);
    minute(batches, 2, 1f);
    batches.finish();
    assertThat(taken.subList(0, 2)).hasOnlyElementsOfType(Element.Motion.class);
    assertThat(((Element.Motion) taken.get(1)).batch().x()[0]).isBetween(2.03f, 2.05f);
    assertThat(taken.get(2)).isInstanceOf(Element.Refused.class);

    taken.clear();
    SampleBatches byRule = new SampleBatches(Uploads.SOURCE, Origin.Unit.G_BY_RULE, sink);
    minute(byRule, 0, 2f);
    byRule.finish();
    assertThat(taken).singleElement().isInstanceOf(Element.Motion.class);
  }

  private static void minute(SampleBatches batches, int minute, float length) {
    for (int i = 0; i < 60; i++) {
      batches.sample((minute * 60L + i) * 1_000_000_000L, length, 0, 0);
    }
    batches.parts(1);
    batches.gap();
  }
}
