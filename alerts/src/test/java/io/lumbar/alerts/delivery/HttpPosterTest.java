package io.lumbar.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpPosterTest {

  @Test
  void aReceiverThatStallsBehindItsHeadersIsGivenUp() {
    try (Receiver receiver = new Receiver()) {
      receiver.answers(Receiver.STALL);
      Throwable thrown =
          catchThrowable(
              () ->
                  new HttpPoster(Duration.ofMillis(500))
                      .post(receiver.url("/hook"), Map.of(), new byte[0])
                      .toCompletableFuture()
                      .get(20, TimeUnit.SECONDS));
      ChannelFault fault = ChannelFault.of(thrown);
      assertThat(fault.kind()).isEqualTo(ChannelFault.Kind.UNCERTAIN);
      assertThat(fault).hasMessage("the receiver did not answer in time or broke off");
    }
  }

  /** A receiver must not be able to send us to a machine that only we can reach. */
  @Test
  void followsNoRedirect() throws Exception {
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().getPath());
          exchange.getResponseHeaders().set("Location", "/inside");
          exchange.sendResponseHeaders(307, -1);
          exchange.close();
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
      assertThatThrownBy(
              () -> new HttpPoster().post(url, Map.of(), new byte[0]).toCompletableFuture().join())
          .isInstanceOf(CompletionException.class)
          .hasMessageContaining("307");
      assertThat(asked).containsExactly("/hook");
    } finally {
      server.stop(0);
    }
  }
}
