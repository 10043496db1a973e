package io.lumbar.http;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says who sends a request: from {@code Authorization: Bearer}, Basic (the token as password or
 * user), {@code ?token=}, a token in the path, or the sign-in cookie.
 *
 * <p>A request that the cookie authenticates and that changes something must come from our own
 * pages. Thread-safe.
 */
public final class Authentication {
  static final String COOKIE = "lumbar";

  /** Browsers take a cookie of this name over https only, and from this host for all of it. */
  private static final String HTTPS_COOKIE = "__Host-lumbar";

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  /** A phone that was offline for a day sends it all at once. */
  private static final int DEVICE_BURST_SECONDS = 30;

  private static final String DEVICE = "device:";
  private static final String FILES = "files of ";

  private static final String HOW =
      "send the token as Authorization: Bearer TOKEN, or sign in at /signin";

  private final Registry registry;
  private final @Nullable String ownerToken;
  private final @Nullable String adminToken;
  private final HttpConfig config;
  private final SignedCookie cookie;
  private final InstantSource clock;
  private final OneTimeCodes codes = new OneTimeCodes();
  private final RateLimit requests;
  private final RateLimit bytes;
  private final RateLimit deviceRequests;
  private final RateLimit deviceBytes;
  private final RateLimit failures = new RateLimit(5, System::nanoTime);

  /**
   * With the tokens of the people who run this.
   *
   * @param ownerToken reads and manages all, or null for none
   * @param adminToken manages without reading, or null for none
   * @param cookieKey signs cookies; the same on every web instance, at least 16 bytes
   */
  public Authentication(
      Registry registry,
      @Nullable String ownerToken,
      @Nullable String adminToken,
      byte[] cookieKey,
      HttpConfig config,
      InstantSource clock) {
    this.registry = registry;
    this.ownerToken = ownerToken;
    this.adminToken = adminToken;
    this.config = config;
    this.cookie = new SignedCookie(cookieKey);
    this.clock = clock;
    this.requests = new RateLimit(config.requestsPerSecond(), System::nanoTime);
    this.bytes = new RateLimit(config.bytesPerSecond(), System::nanoTime);
    this.deviceRequests =
        new RateLimit(
            config.limits().deviceRequestsPerMinute() / 60.0,
            DEVICE_BURST_SECONDS,
            System::nanoTime);
    this.deviceBytes =
        new RateLimit(
            config.limits().deviceBytesPerMinute() / 60.0, DEVICE_BURST_SECONDS, System::nanoTime);
  }

  /**
   * Who sends the request.
   *
   * @throws ApiException 401 without a valid token or cookie, 403 for a forged cross-site request,
   *     429 beyond the rate limit
   */
  public Principal require(Context ctx) {
    ReadableWearer.at(ctx, clock.instant());
    String token = tokenOf(ctx);
    if (token != null) {
      return admit(ctx, byToken(token), "this token is not known; " + HOW);
    }
    Optional<Principal> signedIn = signedIn(ctx);
    if (signedIn.isPresent()) {
      refuseCrossSite(ctx);
    }
    return admit(ctx, signedIn, "no token was sent; " + HOW);
  }

  /**
   * As {@link #require}, for a request that brings a file: what it brings is counted apart from
   * uploads, at the same pace, so that a large file keeps nobody from uploading.
   *
   * @throws ApiException as above, and 429 while files of the token were more than that
   */
  public Principal requireForFile(Context ctx) {
    Principal principal = require(ctx);
    String files = FILES + subject(principal);
    requirePace(files);
    Bodies.onRead(ctx, size -> charge(files, size));
    return principal;
  }

  /**
   * Who owns a token that came in the path, for clients that can only be given an address.
   *
   * @throws ApiException 401 when nobody does, 429 beyond the rate limit
   */
  public Principal requireToken(Context ctx, String token) {
    return admit(
        ctx, byToken(token), "the token in the address is not known; copy the address again");
  }

  /**
   * Whether who once was let read a wearer still may: the wearer is there, the token holds, and
   * sharing is not paused. For answers that stay open; costs no request of the token's.
   */
  public boolean stillReads(Principal principal, WearerId wearer) {
    Instant now = clock.instant();
    return registry
        .wearer(wearer.value())
        .filter(
            known ->
                switch (principal.kind()) {
                  case OWNER -> !known.settings().pausesSharing(now);
                  case WEARER ->
                      principal.mayRead(wearer)
                          && known
                              .tokenHashesAt(now)
                              .contains(((Principal.WearerPrincipal) principal).tokenHash());
                  case ADMIN, DEVICE -> false;
                })
        .isPresent();
  }

  /** Who sends the request, or empty; for pages that look different when signed in. */
  public Optional<Principal> find(Context ctx) {
    String token = tokenOf(ctx);
    return token == null ? signedIn(ctx) : byToken(token);
  }

  /** A path that signs somebody in once, within ten minutes. */
  public String oneTimeLink(Principal principal) {
    return "/signin?code=" + codes.issue(principal, clock.instant());
  }

  Optional<Principal> redeem(String code) {
    return codes.redeem(code, clock.instant());
  }

  Optional<Principal> byToken(String token) {
    if (ownerToken != null && Tokens.same(ownerToken, token)) {
      return Optional.of(new Principal.Owner());
    }
    if (adminToken != null && Tokens.same(adminToken, token)) {
      return Optional.of(new Principal.Admin());
    }
    Optional<Principal> device =
        registry
            .deviceByToken(token)
            .filter(each -> each.accepts(clock.instant()))
            .map(Principal.DevicePrincipal::new);
    return device.isPresent()
        ? device
        : registry
            .wearerByToken(token)
            .flatMap(wearer -> byHash(wearer, hash -> hash.equals(Tokens.hash(token))));
  }

  /** The wearer by one of their tokens, as long as that holds. */
  private Optional<Principal> byHash(Wearer wearer, Predicate<String> known) {
    return wearer.tokenHashesAt(clock.instant()).stream()
        .filter(known)
        .findFirst()
        .<Principal>map(hash -> new Principal.WearerPrincipal(wearer, hash));
  }

  void setCookie(Context ctx, Principal principal) {
    ctx.cookie(cookie(ctx, cookie.write(subject(principal), clock.instant()), lifetimeSeconds()));
  }

  void clearCookie(Context ctx) {
    ctx.cookie(cookie(ctx, "", 0));
  }

  /** Refuses what another site made a browser send. Clients that are no browsers send neither. */
  void refuseCrossSite(Context ctx) {
    if (SAFE_METHODS.contains(ctx.method().name())) {
      return;
    }
    String site = ctx.header("Sec-Fetch-Site");
    String origin = ctx.header("Origin");
    boolean foreign =
        site != null
            ? !site.equals("same-origin") && !site.equals("none")
            : origin != null && !isOurs(origin, ctx);
    if (foreign) {
      throw ApiException.forbidden(
          "this request comes from another site; open the page of Lumbar itself and try again");
    }
  }

  private Principal admit(Context ctx, Optional<Principal> principal, String refusal) {
    if (principal.isEmpty()) {
      if (!failures.allows(ctx.ip())) {
        throw ApiException.tooMany("too many requests without a valid token; wait a second", 1);
      }
      throw ApiException.unauthorized(refusal);
    }
    String subject = subject(principal.get());
    requirePace(subject);
    if (!principal.get().mayManage()) {
      Bodies.sentBy(ctx, subject);
    }
    Bodies.onRead(ctx, size -> charge(subject, size));
    if (!requests.allows(subject)) {
      throw ApiException.tooMany(
          "more than %d requests per second with one token; send larger batches"
              .formatted(config.requestsPerSecond()),
          1);
    }
    if (isDevice(subject) && !deviceRequests.allows(subject)) {
      throw ApiException.tooMany(
          "more than %d requests per minute with one device's token; send larger batches"
              .formatted(config.limits().deviceRequestsPerMinute()),
          1);
    }
    return principal.get();
  }

  private void requirePace(String subject) {
    requirePace(bytes.secondsToWait(subject), config.bytesPerSecond() * 60);
    if (isDevice(subject)) {
      requirePace(deviceBytes.secondsToWait(subject), config.limits().deviceBytesPerMinute());
    }
  }

  private static void requirePace(int wait, long perMinute) {
    if (wait > 0) {
      throw ApiException.tooMany(
          "more than %d MiB per minute with one token; send less, or wait"
              .formatted(perMinute >> 20),
          wait);
    }
  }

  private void charge(String subject, long size) {
    bytes.charge(subject, size);
    if (isDevice(subject)) {
      deviceBytes.charge(subject, size);
    }
  }

  private static boolean isDevice(String subject) {
    return subject.startsWith(DEVICE) || subject.startsWith(FILES + DEVICE);
  }

  private Optional<Principal> signedIn(Context ctx) {
    String value = ctx.cookie(cookieName(ctx));
    return value == null
        ? Optional.empty()
        : cookie.read(value, clock.instant()).flatMap(this::bySubject);
  }

  private Optional<Principal> bySubject(String subject) {
    String[] parts = subject.split(":", -1);
    return switch (parts[0]) {
      case "owner" -> Optional.of(new Principal.Owner());
      case "admin" -> Optional.of(new Principal.Admin());
      case "wearer" ->
          registry
              .wearer(parts[1])
              .flatMap(wearer -> byHash(wearer, hash -> fingerprint(hash).equals(parts[2])));
      default -> Optional.empty();
    };
  }

  private static String subject(Principal principal) {
    return switch (principal.kind()) {
      case OWNER -> "owner";
      case ADMIN -> "admin";
      case WEARER -> {
        Principal.WearerPrincipal by = (Principal.WearerPrincipal) principal;
        yield "wearer:" + by.wearer().id() + ":" + fingerprint(by.tokenHash());
      }
      case DEVICE -> DEVICE + ((Principal.DevicePrincipal) principal).device().id();
    };
  }

  /** Ties a cookie to the token it was got with: it ends with that token. */
  private static String fingerprint(String tokenHash) {
    return tokenHash.substring(0, 16);
  }

  private String cookieName(Context ctx) {
    return cameByHttps(ctx) ? HTTPS_COOKIE : COOKIE;
  }

  /**
   * The browser of this machine may come by plain http, also where others come by https. Who claims
   * to have come by https and did not has only a cookie that the own browser does not keep.
   */
  private boolean cameByHttps(Context ctx) {
    URI ours = config.publicUrl();
    return "https".equals(ctx.scheme())
        || (ours != null
            && "https".equalsIgnoreCase(ours.getScheme())
            && ("https".equalsIgnoreCase(ctx.header("X-Forwarded-Proto"))
                || ours.getRawAuthority().equalsIgnoreCase(ctx.header("Host"))));
  }

  private Cookie cookie(Context ctx, String value, int maxAge) {
    Cookie made = new Cookie(cookieName(ctx), value, "/", maxAge, cameByHttps(ctx));
    made.setHttpOnly(true);
    made.setSameSite(SameSite.LAX);
    return made;
  }

  private static int lifetimeSeconds() {
    return (int) SignedCookie.LIFETIME.toSeconds();
  }

  private boolean isOurs(String origin, Context ctx) {
    try {
      String from = URI.create(origin).getRawAuthority();
      URI ours = config.publicUrl();
      return from != null
          && (from.equalsIgnoreCase(ctx.header("Host"))
              || (ours != null && from.equalsIgnoreCase(ours.getRawAuthority())));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String tokenOf(Context ctx) {
    String header = ctx.header("Authorization");
    if (header != null) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("bearer ")) {
        return header.substring(7).trim();
      }
      if (lower.startsWith("basic ")) {
        return basic(header.substring(6).trim());
      }
    }
    return ctx.queryParam("token");
  }

  private static String basic(String encoded) {
    try {
      String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      String user = colon < 0 ? text : text.substring(0, colon);
      String password = colon < 0 ? "" : text.substring(colon + 1);
      return Objects.requireNonNull(password.isEmpty() ? user : password);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
