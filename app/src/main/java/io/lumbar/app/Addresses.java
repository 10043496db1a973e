package io.lumbar.app;

import io.lumbar.app.fault.UserMistake;
import io.lumbar.app.settings.Settings;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How this server is reached: from this machine, and from phones.
 *
 * @param tls whether the server speaks https itself
 * @param publicUrl what was told, when it was
 * @param lan the machine's address in its network, when the server listens there
 * @param everywhere whether it listens on all addresses, this machine's own included
 */
public record Addresses(
    boolean tls, Optional<URI> publicUrl, Optional<InetAddress> lan, boolean everywhere) {
  private static final List<String> VIRTUAL =
      List.of(
          "docker",
          "br-",
          "veth",
          "virbr",
          "vmnet",
          "vboxnet",
          "utun",
          "tun",
          "tap",
          "zt",
          "wg",
          "ppp",
          "podman",
          "lxc",
          "cni",
          "flannel",
          "tailscale");

  /** Of the documentation range; only ever asked which way would lead there. */
  private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 9);

  /**
   * What the settings lead to. A server that listens everywhere is in the network under this
   * machine's likeliest address; not so where each role is a process of its own, since phones then
   * need the way to a certain one.
   *
   * @throws UserMistake when the host to listen on is no address of this machine's
   */
  public static Addresses of(Settings settings, boolean single) {
    InetAddress host = address(settings.http().host());
    Optional<InetAddress> lan =
        host.isAnyLocalAddress()
            ? single ? inNetwork().stream().findFirst() : Optional.empty()
            : Optional.of(host).filter(told -> !told.isLoopbackAddress());
    return new Addresses(
        settings.http().tls().isPresent(), settings.publicUrl(), lan, host.isAnyLocalAddress());
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UserMistake(
          "http.host: this machine knows no address for '"
              + host
              + "'; give one of its own, 127.0.0.1 or 0.0.0.0");
    }
  }

  /** The start of links for a browser on this machine. */
  public String local(int port) {
    String host = everywhere ? "localhost" : lan.map(Addresses::inUrl).orElse("localhost");
    return "http://" + host + ":" + port;
  }

  /**
   * The start of links and QR codes for other devices: never localhost when others can reach us.
   */
  public String forOthers(int port) {
    return publicUrl
        .map(URI::toString)
        .or(() -> lan.map(address -> (tls ? "https://" : "http://") + inUrl(address) + ":" + port))
        .orElse(local(port));
  }

  /** Whether a phone can reach {@link #forOthers}. */
  public boolean reachable() {
    return publicUrl.isPresent() || lan.isPresent();
  }

  /**
   * The machine's own addresses, without those of virtual networks, the likeliest first: IPv4 in a
   * private network, then any other IPv4, then IPv6; among equals the one by which it reaches the
   * rest of the world.
   */
  public static List<InetAddress> inNetwork() {
    Optional<InetAddress> outward = outward();
    List<InetAddress> found = new ArrayList<>(ownAddresses());
    found.sort(
        Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
            .thenComparing(address -> !address.isSiteLocalAddress())
            .thenComparing(address -> !outward.equals(Optional.of(address))));
    return List.copyOf(found);
  }

  private static List<InetAddress> ownAddresses() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (card.isUp() && !card.isLoopback() && !isVirtual(card)) {
          for (InetAddress address : Collections.list(card.getInetAddresses())) {
            if (!address.isLinkLocalAddress() && !address.isLoopbackAddress()) {
              found.add(address);
            }
          }
        }
      }
    } catch (SocketException e) {
      return List.of();
    }
    return found;
  }

  /** The address that packets to the rest of the world would carry; nothing is sent. */
  private static Optional<InetAddress> outward() {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(ELSEWHERE);
      return Optional.of(socket.getLocalAddress()).filter(own -> !own.isAnyLocalAddress());
    } catch (SocketException | UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static String inUrl(InetAddress address) {
    String text = address.getHostAddress().replaceFirst("%.*", "");
    return address instanceof Inet4Address ? text : "[" + text + "]";
  }

  private static boolean isVirtual(NetworkInterface card) {
    String name = card.getName().toLowerCase(Locale.ROOT);
    return card.isVirtual() || VIRTUAL.stream().anyMatch(name::startsWith);
  }
}
