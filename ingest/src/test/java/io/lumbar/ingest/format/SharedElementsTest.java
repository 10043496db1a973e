package io.lumbar.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.http.ApiException;
import io.lumbar.http.Shares;
import org.junit.jupiter.api.Test;

class SharedElementsTest {
  private final Shares pool = new Shares(10_000, 9_000);

  @Test
  void uploadsTogetherHoldSoManyAndNoMoreUntilTheyAreAnswered() {
    ElementCount one = counted(9_000);
    ElementCount other = counted(4_000);
    assertThatThrownBy(() -> count(other, 3_000))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    ElementCount small = counted(2_000);

    one.close();
    count(other, 3_000);
    other.close();
    small.close();
    counted(12_000).close();
    assertThat(pool.take("", 10_000)).isTrue();
  }

  @Test
  void oneSenderLeavesSomeToOthers() {
    ElementCount one = new ElementCount(20_000, pool, "d_1");
    count(one, 11_000);
    ElementCount again = new ElementCount(20_000, pool, "d_1");
    count(again, 2_000);
    assertThatThrownBy(again::add)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
    ElementCount other = new ElementCount(20_000, pool, "d_2");
    count(other, 3_000);

    one.close();
    again.close();
    other.close();
    assertThat(pool.take("", 10_000)).isTrue();
  }

  @Test
  void whatIsCountedTwiceOfAnUploadIsHeldOnce() {
    ElementCount read = counted(11_000);
    ElementCount found = read.another();
    count(found, 11_000);
    found.close();
    read.close();
    assertThat(pool.take("", 10_000)).isTrue();
  }

  @Test
  void oneUploadMayHaveSoMany() {
    ElementCount count = new ElementCount(3, pool, "");
    count(count, 3);
    assertThatThrownBy(count::add)
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
  }

  private ElementCount counted(int elements) {
    ElementCount count = new ElementCount(20_000, pool, "");
    count(count, elements);
    return count;
  }

  private static void count(ElementCount count, int elements) {
    for (int i = 0; i < elements; i++) {
      count.add();
    }
  }
}
