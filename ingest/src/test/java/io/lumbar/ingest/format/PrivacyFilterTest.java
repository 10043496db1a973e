package io.lumbar.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PrivacyFilterTest {

  @Test
  void theStateOfATrackerNamesAPlaceAndIsNotShown() throws IOException {
    String sent = "{\"kind\":\"car\",\"state\":\"Planted Clinic\",\"at\":\"2026-05-04T08:00:00Z\"}";
    assertThat(PrivacyFilter.clean(new ObjectMapper().readTree(sent)).toString())
        .isEqualTo("{\"kind\":\"car\",\"at\":\"2026-05-04T08:00:00Z\"}");
  }

  @Test
  void aReasonDoesNotQuoteWhatWasSent() {
    assertThat(PrivacyFilter.withoutQuotes("posture: 'Mum's attic' is not one of sitting"))
        .isEqualTo("posture: '...' is not one of sitting");
    assertThat(PrivacyFilter.withoutQuotes("worn: must be true or false"))
        .isEqualTo("worn: must be true or false");
  }
}
