package io.lumbar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void linksForOthersTakeThePublicUrlBeforeTheNetworkBeforeLocalhost() throws Exception {
    InetAddress lan = InetAddress.getByName("192.168.1.20");
    URI url = URI.create("https://lumbar.example.org");
    assertThat(new Addresses(false, Optional.of(url), Optional.of(lan)).forOthers(8080))
        .isEqualTo("https://lumbar.example.org");
    assertThat(new Addresses(false, Optional.empty(), Optional.of(lan)).forOthers(8080))
        .isEqualTo("http://192.168.1.20:8080");
    Addresses none = new Addresses(false, Optional.empty(), Optional.empty());
    assertThat(none.forOthers(8080)).isEqualTo("http://localhost:8080");
    assertThat(none.reachable()).isFalse();
  }

  @Test
  void ownAddressesAreNeverLoopback() {
    assertThat(Addresses.inNetwork()).noneMatch(InetAddress::isLoopbackAddress);
  }
}
