package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Key;
import io.lumbar.app.settings.Settings;
import io.lumbar.app.settings.Sources;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void linksForOthersTakeThePublicUrlBeforeTheNetworkBeforeLocalhost() throws Exception {
    InetAddress lan = InetAddress.getByName("192.168.1.20");
    URI url = URI.create("https://lumbar.example.org");
    assertThat(new Addresses(false, Optional.of(url), Optional.of(lan), true).forOthers(8080))
        .isEqualTo("https://lumbar.example.org");
    assertThat(new Addresses(false, Optional.empty(), Optional.of(lan), true).forOthers(8080))
        .isEqualTo("http://192.168.1.20:8080");
    Addresses none = new Addresses(false, Optional.empty(), Optional.empty(), false);
    assertThat(none.forOthers(8080)).isEqualTo("http://localhost:8080");
    assertThat(none.reachable()).isFalse();
  }

  @Test
  void aServerOnOneAddressIsReachedThereByEverybody() {
    Addresses addresses = of("192.0.2.7", true);
    assertThat(addresses.local(8080)).isEqualTo("http://192.0.2.7:8080");
    assertThat(addresses.forOthers(8080)).isEqualTo("http://192.0.2.7:8080");
    assertThat(of("2001:db8::7", true).forOthers(80)).isEqualTo("http://[2001:db8:0:0:0:0:0:7]:80");
  }

  @Test
  void aServerOnLoopbackIsReachedByNobodyElse() {
    assertThat(of("127.0.0.1", true).reachable()).isFalse();
    assertThat(of("localhost", true).local(8080)).isEqualTo("http://localhost:8080");
  }

  @Test
  void aRoleGuessesNoAddressSincePhonesNeedThatOfACertainOne() {
    assertThat(of("0.0.0.0", false).reachable()).isFalse();
  }

  @Test
  void refusesAHostThatIsNoAddress() {
    assertThatThrownBy(() -> of("no such host", true))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("http.host")
        .hasMessageContaining("0.0.0.0");
  }

  @Test
  void ownAddressesAreThoseThatOthersCanReach() {
    assertThat(Addresses.inNetwork())
        .noneMatch(InetAddress::isLoopbackAddress)
        .noneMatch(InetAddress::isLinkLocalAddress);
  }

  private static Addresses of(String host, boolean single) {
    return Addresses.of(
        Settings.load(Sources.of(Map.of(Key.HTTP_HOST, host), Map.of(), Optional.empty())), single);
  }
}
