package io.lumbar.app.cli;

import io.lumbar.app.Addresses;
import io.lumbar.app.data.Instance;
import io.lumbar.app.health.DiskSpace;
import io.lumbar.app.settings.Settings;
import io.lumbar.http.TlsFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The checks of {@code doctor}; each leaves one finding. */
final class Checkup {
  private static final long ENOUGH_FREE = 8L << 30;
  private static final long RENEW_DAYS = 14;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

  private final Settings settings;
  private final Optional<Instance> running;
  private final InstantSource clock;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Checkup(Settings settings, Optional<Instance> running, InstantSource clock) {
    this.settings = settings;
    this.running = running;
    this.clock = clock;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(maven());
    Path folder = settings.data().toAbsolutePath().normalize();
    Finding writable = folder(folder);
    findings.add(writable);
    if (writable.state() != Finding.State.BROKEN) {
      findings.add(disk(folder));
    }
    findings.add(clock());
    findings.add(zone());
    findings.add(instance());
    findings.add(publicUrl());
    findings.add(https());
    findings.add(network());
    return findings;
  }

  private static Finding java() {
    return Finding.fine(
        "Java", System.getProperty("java.version") + " in " + System.getProperty("java.home"));
  }

  private static Finding maven() {
    try {
      Process mvn =
          new ProcessBuilder("mvn", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (mvn.waitFor(20, TimeUnit.SECONDS) && mvn.exitValue() == 0) {
        return Finding.fine("Maven", "found; needed only to build");
      }
      mvn.destroyForcibly();
      return Finding.note("Maven", "mvn does not run; needed only to build");
    } catch (IOException e) {
      return Finding.note(
          "Maven",
          "not found; needed only to build: sudo apt install maven, or brew install maven");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.note("Maven", "not checked");
    }
  }

  /** Looks without creating: the nearest folder that exists must let us write. */
  private static Finding folder(Path folder) {
    Path existing = existing(folder);
    if (!Files.isDirectory(existing)) {
      return Finding.broken(
          "Data folder", existing + " is a file; choose a folder with --data DIR");
    }
    if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
      return Finding.broken(
          "Data folder",
          "no permission to write in "
              + existing
              + "; chmod u+rwx it, or choose another with --data DIR");
    }
    return Finding.fine(
        "Data folder",
        folder + (existing.equals(folder) ? "" : " (made by the first ./lumbar up)"));
  }

  private static Path existing(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static Finding disk(Path folder) {
    try {
      long free = Files.getFileStore(existing(folder)).getUsableSpace();
      String gigabytes = "%.1f GB free".formatted(free / (double) (1L << 30));
      Optional<String> full = DiskSpace.full(existing(folder));
      if (full.isPresent()) {
        return Finding.broken("Disk", full.get());
      }
      return free < ENOUGH_FREE
          ? Finding.note("Disk", gigabytes + "; the topics may grow to 5 GB")
          : Finding.fine("Disk", gigabytes);
    } catch (IOException e) {
      return Finding.note("Disk", "its free space cannot be read");
    }
  }

  /**
   * A clock that is off refuses uploads as coming from the future, or dates them wrongly. Only the
   * system knows whether it follows the time of the network; a machine that started without a
   * battery for its clock stands before the day on which this program was built.
   */
  private Finding clock() {
    Instant now = clock.instant();
    if (built().filter(day -> now.isBefore(day.minus(CLOCK_TOLERANCE))).isPresent()) {
      return Finding.broken(
          "Clock", now + " is before this program was built; switch automatic time on");
    }
    return switch (firstLine("timedatectl", "show", "--property=NTPSynchronized", "--value")) {
      case "yes" -> Finding.fine("Clock", now + ", follows the time of the network");
      case "no" ->
          Finding.note(
              "Clock",
              now + ", does not follow the time of the network: sudo timedatectl set-ntp true");
      default ->
          Finding.note(
              "Clock", now + "; see that it is right, and that the system sets it by itself");
    };
  }

  private static Optional<Instant> built() {
    try {
      URI code = Checkup.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      return Optional.of(Files.getLastModifiedTime(Path.of(code)).toInstant());
    } catch (URISyntaxException | IOException e) {
      return Optional.empty();
    }
  }

  /** What a program of the system says; empty when it is not there or fails. */
  private static String firstLine(String... command) {
    try {
      Process program =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader out = program.inputReader()) {
        String line = out.readLine();
        boolean ended = program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return ended && program.exitValue() == 0 && line != null ? line.strip() : "";
      } finally {
        program.destroy();
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static Finding zone() {
    ZoneId zone = ZoneId.systemDefault();
    return zone.normalized() instanceof ZoneOffset
        ? Finding.note(
            "Time zone",
            zone + ", without summer time; name each wearer's own with wearer add --zone")
        : Finding.fine("Time zone", zone.getId());
  }

  private Finding instance() {
    if (running.isEmpty()) {
      return Finding.note("Running", "nothing runs on this data folder; start it: ./lumbar up");
    }
    String url = running.get().url();
    return answer(healthOf(url))
        .map(
            response ->
                response.statusCode() == 200
                    ? Finding.fine("Running", "at " + url)
                    : Finding.broken(
                        "Running", "at " + url + ", but a part is ill; see " + url + "/health"))
        .orElseGet(
            () ->
                Finding.broken(
                    "Running",
                    "process "
                        + running.get().pid()
                        + " does not answer at "
                        + url
                        + "; restart it"));
  }

  private Finding publicUrl() {
    if (settings.publicUrl().isEmpty()) {
      return Finding.note(
          "Public URL",
          "none; away from home phones need LUMBAR_PUBLIC_URL, at home up --lan is enough");
    }
    String url = settings.publicUrl().get().toString();
    return answer(healthOf(url)).isPresent()
        ? Finding.fine("Public URL", url + " answers")
        : Finding.broken(
            "Public URL",
            url + " does not answer; is Lumbar up, and does the proxy or VPN lead to it?");
  }

  private Finding https() {
    Optional<Instant> until = settings.http().tls().map(TlsFiles::until);
    if (until.isPresent()) {
      return certificate(until.get());
    }
    boolean secure = settings.publicUrl().map(url -> "https".equals(url.getScheme())).orElse(false);
    return secure
        ? Finding.fine("https", "yes")
        : Finding.note(
            "https",
            "no: fine at home, but tokens and data travel readable; for away put Tailscale, Caddy or"
                + " Home Assistant's proxy before it (docs/away-from-home.md)");
  }

  private Finding certificate(Instant until) {
    long days = Duration.between(clock.instant(), until).toDays();
    if (!until.isAfter(clock.instant())) {
      return Finding.broken("https", "the certificate ended at " + until + "; renew it");
    }
    return days < RENEW_DAYS
        ? Finding.note("https", "the certificate ends in " + days + " days; renew it")
        : Finding.fine("https", "by a certificate until " + until);
  }

  private Finding network() {
    List<InetAddress> own = Addresses.inNetwork();
    if (own.isEmpty()) {
      return Finding.note(
          "Network",
          "no address in a network; join the phones' Wi-Fi or plug in a cable, then up --lan");
    }
    String address = own.get(0).getHostAddress();
    if (running.isEmpty()) {
      return Finding.fine("Network", "up --lan is reached at " + address);
    }
    int port = URI.create(running.get().url()).getPort();
    return listensAt(own.get(0), port)
        ? Finding.fine("Network", "phones in it reach " + address + ", port " + port)
        : Finding.note(
            "Network",
            "Lumbar does not answer at %s, port %d: it runs for this machine only (start it with"
                    .formatted(address, port)
                + " --lan), or a firewall is in the way");
  }

  private static boolean listensAt(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), (int) PATIENCE.toMillis());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String healthOf(String url) {
    return url.isEmpty() ? "" : url + "/health";
  }

  private Optional<HttpResponse<Void>> answer(String url) {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.discarding()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
