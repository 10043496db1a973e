package io.lumbar.ingest;

import static org.assertj.core.api.Assertions.assertThat;

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
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, false, sink);
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
    SampleBatches batches = new SampleBatches(Uploads.SOURCE, true, sink);
    minute(batches, 0, 0.05f);
    batches.finish();
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
