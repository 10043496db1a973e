package io.lumbar.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class HeardTest {
  private static final DeviceId PHONE = new DeviceId("d_phone");
  private static final DeviceId TAG = new DeviceId("d_tag");

  @Test
  void aDeviceThatUploadsItselfHasNobodyBetween() {
    RecordHeaders headers = new RecordHeaders(Heard.from(PHONE, PHONE).headers());
    assertThat(headers.headers("via")).isEmpty();
    assertThat(Heard.of(headers)).contains(new Heard(PHONE, null));
  }

  @Test
  void aTagIsHeardThroughWhoUploadsIt() {
    assertThat(Heard.of(new RecordHeaders(Heard.from(TAG, PHONE).headers())))
        .contains(new Heard(TAG, PHONE));
  }

  /** As records were written before anybody could be heard through another. */
  @Test
  void readsTheDeviceAlone() {
    assertThat(Heard.of(new RecordHeaders().add("device", "d_phone".getBytes(UTF_8))))
        .contains(new Heard(PHONE, null));
  }

  @Test
  void whatCannotBeADeviceIsNone() {
    assertThat(Heard.of(new RecordHeaders())).isEmpty();
    assertThat(Heard.of(new RecordHeaders().add("device", "two words".getBytes(UTF_8)))).isEmpty();
    assertThat(Heard.of(new RecordHeaders().add("device", new byte[0]))).isEmpty();
  }
}
