package io.lumbar.app.cli;

import io.lumbar.app.Addresses;
import io.lumbar.app.data.Instance;
import io.lumbar.app.settings.Settings;
import io.lumbar.http.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
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
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The checks of {@code doctor}; each leaves one finding. */
final class Checkup {
  private static final long LEAST_FREE = 1L << 30;
  private static final long ENOUGH_FREE = 8L << 30;
  private static final long RENEW_DAYS = 14;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

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
      findings.add(clock(folder));
    }
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
      if (free < LEAST_FREE) {
        return Finding.broken("Disk", gigabytes + "; make room, Lumbar needs 1 GB to run");
      }
      return free < ENOUGH_FREE
          ? Finding.note("Disk", gigabytes + "; the topics may grow to 5 GB")
          : Finding.fine("Disk", gigabytes);
    } catch (IOException e) {
      return Finding.note("Disk", "its free space cannot be read");
    }
  }

  /** A clock that is off refuses uploads as coming from the future, or dates them wrongly. */
  private Finding clock(Path folder) {
    Instant now = clock.instant();
    Optional<Instant> other = serverTime().or(() -> fileTime(existing(folder)));
    if (other.isEmpty()) {
      return Finding.note("Clock", now + "; nothing to compare it with");
    }
    Duration off = Duration.between(other.get(), now).abs();
    if (off.compareTo(CLOCK_TOLERANCE) > 0) {
      return Finding.broken(
          "Clock", "off by " + off.toSeconds() + " s; switch automatic time on in the system");
    }
    return Finding.fine("Clock", now.toString());
  }

  private Optional<Instant> serverTime() {
    return answer(healthOf(settings.publicUrl().map(URI::toString).or(this::local).orElse("")))
        .flatMap(response -> response.headers().firstValue("Date"))
        .flatMap(Checkup::httpDate);
  }

  private static Optional<Instant> httpDate(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<Instant> fileTime(Path folder) {
    try {
      Path probe = Files.createTempFile(folder, ".lumbar", ".clock");
      Instant written = Files.getLastModifiedTime(probe).toInstant();
      Files.delete(probe);
      return Optional.of(written);
    } catch (IOException e) {
      return Optional.empty();
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

  private Optional<String> local() {
    return running.map(Instance::url);
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

  private static Finding network() {
    List<InetAddress> own = Addresses.inNetwork();
    return own.isEmpty()
        ? Finding.note(
            "Network",
            "no address in a local network; join the phones' Wi-Fi or plug in a cable, then up --lan")
        : Finding.fine(
            "Network",
            "up --lan is reached at "
                + String.join(", ", own.stream().map(InetAddress::getHostAddress).toList()));
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
