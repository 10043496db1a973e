package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.lumbar.alerts.delivery.ChannelFault.Kind;
import io.lumbar.alerts.delivery.ChannelFault.Why;
import io.lumbar.alerts.stretches.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelFaultTest {
  @ParameterizedTest
  @EnumSource(Why.class)
  void isSaidInEveryLanguageAndToTheLogInEnglish(Why why) {
    ChannelFault fault = new ChannelFault(Kind.REFUSED, why, "507", null);
    assertThat(fault).hasMessage(fault.in(Language.EN));
    assertThat(fault.in(Language.DE))
        .isNotBlank()
        .isNotEqualTo(fault.in(Language.EN))
        .doesNotContain("{");
    assertThat(fault.in(Language.DE).contains("507"))
        .isEqualTo(fault.in(Language.EN).contains("507"));
  }
}
