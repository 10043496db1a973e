package io.lumbar.history.influx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {
  @Test
  void escapesTagsAndFields() {
    assertThat(
            new Line("m")
                .tag("t", "a b,c=d")
                .field("s", "say \"hi\" \\ a=b, c")
                .field("i", 5L)
                .field("d", 0.5)
                .field("b", true)
                .at(17))
        .isEqualTo("m,t=a\\ b\\,c\\=d s=\"say \\\"hi\\\" \\\\ a=b, c\",i=5i,d=0.5,b=true 17");
  }

  @Test
  void leavesOutWhatInfluxDbCannotHold() {
    assertThat(new Line("m").field("x", Double.NaN).field("y", 1.0).at(1)).isEqualTo("m y=1.0 1");
  }

  @Test
  void quotesTextInQueries() {
    assertThat(InfluxQl.quoted("a'; DROP DATABASE x; \\"))
        .isEqualTo("'a\\'; DROP DATABASE x; \\\\'");
  }

  @Test
  void redactsWhatStandsInQuotes() {
    assertThat(InfluxErrors.redacted("unable to parse 'alerts text=\"it's pain\"': bad"))
        .isEqualTo("unable to parse '...': bad");
  }
}
