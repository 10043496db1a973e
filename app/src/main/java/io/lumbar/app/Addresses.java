package io.lumbar.app;

import io.lumbar.app.settings.Settings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How this server is reached: from this machine, and from phones.
 *
 * @param tls whether the server speaks https itself
 * @param publicUrl what was told, when it was
 * @param lan the machine's address in its network, when the server listens there
 */
public record Addresses(boolean tls, Optional<URI> publicUrl, Optional<InetAddress> lan) {
  private static final List<String> VIRTUAL =
      List.of("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "utun", "tun", "tap", "zt");

  /** What the settings lead to. */
  public static Addresses of(Settings settings) {
    String host = settings.http().host();
    boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
    return new Addresses(
        settings.http().tls().isPresent(),
        settings.publicUrl(),
        everywhere ? inNetwork().stream().findFirst() : Optional.empty());
  }

  /** The start of links for a browser on this machine. */
  public String local(int port) {
    return "http://localhost:" + port;
  }

  /**
   * The start of links and QR codes for other devices: never localhost when others can reach us.
   */
  public String forOthers(int port) {
    return publicUrl
        .map(URI::toString)
        .or(
            () ->
                lan.map(
                    address ->
                        (tls ? "https://" : "http://") + address.getHostAddress() + ":" + port))
        .orElse(local(port));
  }

  /** Whether a phone can reach {@link #forOthers}. */
  public boolean reachable() {
    return publicUrl.isPresent() || lan.isPresent();
  }

  /** The machine's own addresses in private networks, the likeliest first. */
  public static List<InetAddress> inNetwork() {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (card.isUp() && !card.isLoopback() && !isVirtual(card)) {
          for (InetAddress address : Collections.list(card.getInetAddresses())) {
            if (address instanceof Inet4Address && address.isSiteLocalAddress()) {
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

  private static boolean isVirtual(NetworkInterface card) {
    String name = card.getName().toLowerCase(Locale.ROOT);
    return card.isVirtual() || VIRTUAL.stream().anyMatch(name::startsWith);
  }
}
