package io.lumbar.alerts.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PushMessageTest {
  private static final Base64.Decoder BASE64 = Base64.getUrlDecoder();

  /** The worked example of RFC 8291, section 5 and appendix A. */
  @Test
  void encryptsAsTheStandardShows() {
    KeyPair sender = pair("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    KeyPair reader = pair("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    assertThat(encode(P256.bytes(reader)))
        .isEqualTo(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
    byte[] body =
        PushMessage.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
            P256.bytes(reader),
            BASE64.decode("BTBZMqHH6r4Tts7J_aSIgg"),
            sender,
            BASE64.decode("DGv6ra1nlYgDCS1FRnbzlw"));
    assertThat(encode(body))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBW"
                + "LVWGNWQexSgSxsj_Qulcy4a-fN");
  }

  @RepeatedTest(20)
  void theBrowserReadsWhatWasSentAndEachMessageLooksDifferent() {
    Browser browser = new Browser();
    byte[] plain = new byte[new Random().nextInt(PushMessage.MOST_BYTES + 1)];
    new Random().nextBytes(plain);
    byte[] one = PushMessage.encrypt(plain, browser.key(), browser.authentication());
    byte[] other = PushMessage.encrypt(plain, browser.key(), browser.authentication());
    assertThat(browser.read(one)).isEqualTo(plain);
    assertThat(browser.read(other)).isEqualTo(plain);
    assertThat(one).isNotEqualTo(other).hasSizeLessThanOrEqualTo(4096);
  }

  @Test
  void refusesWhatIsTooLongAndKeysBesideTheCurve() {
    Browser browser = new Browser();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                PushMessage.encrypt(
                    new byte[PushMessage.MOST_BYTES + 1], browser.key(), browser.authentication()));
    byte[] beside = browser.key().clone();
    beside[64] ^= 1;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PushMessage.encrypt(new byte[1], beside, browser.authentication()));
    assertThatIllegalArgumentException().isThrownBy(() -> P256.point(new byte[65]));
  }

  @RepeatedTest(10)
  void aPrivateKeyHasTheSamePointHereAsInJava() {
    KeyPair fresh = P256.fresh();
    BigInteger secret = ((ECPrivateKey) fresh.getPrivate()).getS();
    assertThat(P256.bytes(P256.pair(secret))).isEqualTo(P256.bytes(fresh));
  }

  private static KeyPair pair(String secret) {
    return P256.pair(new BigInteger(1, BASE64.decode(secret)));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
