package io.lumbar.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.lumbar.model.AlertSettings;
import io.lumbar.model.Axes;
import io.lumbar.model.Device;
import io.lumbar.model.Placement;
import io.lumbar.model.Wearer;
import io.lumbar.model.WearerSettings;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adding and listing wearers and devices, and a wearer's settings and zones. */
public final class RegistryRoutes implements Routes {
  private static final int BODY_LIMIT = 16 << 10;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._'@+-]{0,63}");
  private static final Set<String> WEARER_FIELDS =
      Stream.concat(Stream.of("name", "zone"), SettingsPatch.FIELDS.stream())
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> SETTINGS_FIELDS =
      Stream.of(ZonePatch.FIELDS, SettingsPatch.FIELDS, Set.of(ThresholdsFrom.FIELD))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> DEVICE_FIELDS = Set.of("name", "placement", "mac", "axes");
  private static final Set<String> CHANGEABLE_FIELDS = Set.of("axes");
  private static final Set<String> ROTATE_FIELDS = Set.of("overlapMinutes");
  private static final int OVERLAP_MINUTES = 60;
  private static final int MOST_OVERLAP_MINUTES = 10_080;

  private final Registry registry;
  private final Authentication authentication;
  private final HttpConfig config;
  private static final Duration LONGEST_LISTENING = Duration.ofDays(366);

  private final InstantSource clock;

  public RegistryRoutes(
      Registry registry, Authentication authentication, HttpConfig config, InstantSource clock) {
    this.registry = registry;
    this.authentication = authentication;
    this.config = config;
    this.clock = clock;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/v1/wearers", this::addWearer);
    routes.get("/api/v1/wearers", this::wearers);
    routes.patch("/api/v1/wearers/{wearer}/settings", this::changeSettings);
    routes.post("/api/v1/wearers/{wearer}/token", this::rotateWearer);
    routes.post("/api/v1/wearers/{wearer}/devices", this::addDevice);
    routes.get("/api/v1/wearers/{wearer}/devices", this::devices);
    routes.post("/api/v1/wearers/{wearer}/devices/{device}/token", this::rotate);
    routes.patch("/api/v1/wearers/{wearer}/devices/{device}", this::changeDevice);
    routes.delete("/api/v1/wearers/{wearer}/devices/{device}", this::revoke);
  }

  /**
   * Checks a wearer's name.
   *
   * @throws ApiException 400 that says what a name looks like
   */
  public static String name(String text) {
    String name = text.trim();
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "name: 1 to 64 letters, digits, spaces and . _ ' @ + -, starting with a letter or digit");
    }
    return name;
  }

  /**
   * Reads a time zone.
   *
   * @throws ApiException 400 that gives an example
   */
  public static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.trim());
    } catch (DateTimeException e) {
      throw ApiException.badRequest(
          "zone: '" + text + "' is not a time zone; use an IANA name such as Europe/London");
    }
  }

  private void addWearer(Context ctx) {
    requireManager(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, WEARER_FIELDS);
    String name = name(text(body, "name", "the wearer's name"));
    ZoneId zone = zone(text(body, "zone", "an IANA name such as Europe/London"));
    requireReaderForChannels(ctx, body, WearerSettings.defaults());
    WearerSettings settings = SettingsPatch.apply(WearerSettings.defaults(), body);
    Instant now = clock.instant();
    requireListeningToEnd(body, settings, now);
    Registry.Added<Wearer> added = registry.addWearer(name, zone);
    Wearer wearer =
        registry.change(
            added.item().id(), newest -> newest.addedAt(now).withSettings(settings, Instant.MIN));
    Answers.json(ctx, 201, answer(ctx, wearer, added.token()));
  }

  private void wearers(Context ctx) {
    Principal principal = authentication.require(ctx);
    List<Wearer> visible =
        switch (principal.kind()) {
          case OWNER, ADMIN -> registry.wearers();
          case WEARER -> List.of(((Principal.WearerPrincipal) principal).wearer());
          case DEVICE -> throw ApiException.forbidden("a device's token only uploads");
        };
    Answers.json(
        ctx, 200, new Items(visible.stream().map(each -> answer(ctx, each, null)).toList(), null));
  }

  private void changeSettings(Context ctx) {
    Wearer wearer = requireWearer(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, SETTINGS_FIELDS);
    requireReaderForChannels(ctx, body, wearer.settings());
    Instant now = clock.instant();
    Wearer changed =
        registry.change(
            wearer.id(),
            newest -> {
              WearerSettings settings = SettingsPatch.apply(newest.settings(), body);
              requireListeningToEnd(body, settings, now);
              return ThresholdsFrom.apply(ZonePatch.apply(newest, body, now), settings, body, now);
            });
    Answers.json(ctx, 200, answer(ctx, changed, null));
  }

  private void addDevice(Context ctx) {
    requireManager(ctx);
    Wearer wearer = requireWearer(ctx);
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, DEVICE_FIELDS);
    Placement placement = placement(text(body, "placement", "one of " + placements()));
    String name =
        body.has("name") ? name(text(body, "name", "the device's name")) : placement.wireName();
    String tag = body.has("mac") ? tagHash(text(body, "mac", "a Bluetooth tag's address")) : null;
    if (tag != null) {
      registry.deviceByTag(wearer.id(), tag).ifPresent(RegistryRoutes::refuseAgain);
    }
    Axes axes = body.has("axes") ? axes(body) : null;
    Registry.Added<Device> added = registry.addDevice(wearer.id(), name, placement, tag, axes);
    String base = base(ctx);
    Answers.json(
        ctx,
        201,
        new DeviceAnswer(
            added.item().id().value(),
            name,
            added.token(),
            placement,
            axes,
            wearer.id().value(),
            Map.of(
                "sensorLogger",
                base + "/api/v1/ingest/sensor-logger/" + added.token(),
                "observations",
                base + "/api/v1/observations",
                "connect",
                base + "/connect/" + added.token())));
  }

  /** Its readings would go to one of both, and be taken for another part of the body. */
  private static void refuseAgain(Device known) {
    throw ApiException.conflict(
        "mac: the tag is registered already, as %s (%s); revoke that one first, or give the address"
                .formatted(known.name(), known.placement().wireName())
            + " of the other tag");
  }

  private void changeDevice(Context ctx) {
    requireManager(ctx);
    Device device = requireDevice(ctx);
    Axes axes = axes(Bodies.object(ctx, BODY_LIMIT, CHANGEABLE_FIELDS));
    Answers.json(ctx, 200, answer(registry.setAxes(device, axes)));
  }

  private static Axes axes(ObjectNode body) {
    try {
      return Axes.of(text(body, "axes", "ios or android"));
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("axes: " + e.getMessage());
    }
  }

  /** The new token, and until when the old one holds. */
  private void rotate(Context ctx) {
    requireManager(ctx);
    Device device = requireDevice(ctx);
    Instant until = clock.instant().plus(overlap(ctx));
    Registry.Added<Device> added = registry.rotate(device, until);
    Answers.json(
        ctx, 200, new TokenAnswer(device.id().value(), device.name(), added.token(), until));
  }

  /** Not for an admin, who reads no health values: this token does. */
  private void rotateWearer(Context ctx) {
    Wearer wearer = requireWearer(ctx);
    if (authentication.require(ctx).kind() == Principal.Kind.ADMIN) {
      throw ApiException.forbidden(
          "a wearer's token reads health values, so only the wearer or the owner replaces it");
    }
    Instant now = clock.instant();
    Instant until = now.plus(overlap(ctx));
    Registry.Added<Wearer> added = registry.rotate(wearer.id(), now, until);
    Answers.json(
        ctx, 200, new TokenAnswer(wearer.id().value(), wearer.name(), added.token(), until));
  }

  private static Duration overlap(Context ctx) {
    ObjectNode body = Bodies.object(ctx, BODY_LIMIT, ROTATE_FIELDS);
    JsonNode overlap = body.path("overlapMinutes");
    int minutes = overlap.isMissingNode() ? OVERLAP_MINUTES : overlap.asInt(-1);
    if (minutes < 0 || minutes > MOST_OVERLAP_MINUTES || overlap.isTextual()) {
      throw ApiException.badRequest(
          "overlapMinutes: must be a whole number from 0 to " + MOST_OVERLAP_MINUTES);
    }
    return Duration.ofMinutes(minutes);
  }

  private void revoke(Context ctx) {
    requireManager(ctx);
    Device device = requireDevice(ctx);
    registry.revoke(device);
    Answers.json(ctx, 200, new RevokedAnswer(device.id().value(), device.name(), true));
  }

  private Device requireDevice(Context ctx) {
    Wearer wearer = requireWearer(ctx);
    String idOrName = ctx.pathParam("device");
    List<Device> found =
        registry.devicesOf(wearer.id()).stream()
            .filter(each -> each.id().value().equals(idOrName) || each.name().equals(idOrName))
            .toList();
    if (found.size() > 1) {
      throw ApiException.badRequest("device: several have this name; give the id");
    }
    if (found.isEmpty()) {
      throw ApiException.notFound("the wearer has no device of this id or name");
    }
    return found.get(0);
  }

  /**
   * The hash of a Bluetooth address, in whatever way it is written.
   *
   * @throws ApiException 400 that gives an example
   */
  public static String tagHash(String mac) {
    String digits = mac.replaceAll("[:. -]", "").toUpperCase(Locale.ROOT);
    if (!digits.matches("[0-9A-F]{12}")) {
      throw ApiException.badRequest("mac: must be six bytes, as in C4:5A:00:12:34:56");
    }
    return Tokens.hash("tag " + digits);
  }

  private void devices(Context ctx) {
    Wearer wearer = requireWearer(ctx);
    List<DeviceAnswer> items =
        registry.devicesOf(wearer.id()).stream().map(RegistryRoutes::answer).toList();
    Answers.json(ctx, 200, new Items(items, null));
  }

  private void requireManager(Context ctx) {
    if (!authentication.require(ctx).mayManage()) {
      throw ApiException.forbidden("adding wearers and devices takes the owner's or admin's token");
    }
  }

  /**
   * Alerts and reports tell of a wearer's day, so whoever may not read it may not direct them
   * elsewhere. To hold alerts back at random takes the wearer's consent.
   */
  private void requireReaderForChannels(Context ctx, ObjectNode body, WearerSettings before) {
    Principal principal = authentication.require(ctx);
    if (body.has("sharingPausedUntil") && principal.kind() != Principal.Kind.WEARER) {
      throw ApiException.forbidden(
          "sharingPausedUntil: set by the wearer's own token, because it is about who else reads");
    }
    boolean admin = principal.kind() == Principal.Kind.ADMIN;
    if (admin && (body.path("alerts").has("channels") || body.has("reports"))) {
      throw ApiException.forbidden(
          "alerts.channels and reports: set by the wearer or the owner, because an admin reads no"
              + " health values");
    }
    int withheld = body.path("alerts").path("withholdPercent").asInt(0);
    if (admin && withheld > before.alerts().withholdPercent()) {
      throw ApiException.forbidden(
          "alerts.withholdPercent: set by the wearer or the owner, because it takes the wearer's"
              + " consent");
    }
  }

  /** Who listens for longer has switched reminders off, which the settings say in another way. */
  private static void requireListeningToEnd(ObjectNode body, WearerSettings settings, Instant now) {
    Instant until = settings.alerts().listenUntil();
    if (body.path("alerts").has("listenUntil")
        && until != null
        && until.isAfter(now.plus(LONGEST_LISTENING))) {
      throw ApiException.badRequest(
          "alerts.listenUntil: at most "
              + LONGEST_LISTENING.toDays()
              + " days ahead; a dailyBudget of 0 ends a kind of alert for longer");
    }
  }

  /** The wearer in the path, for whoever manages, and for the wearer. */
  private Wearer requireWearer(Context ctx) {
    Principal principal = authentication.require(ctx);
    String idOrName = ctx.pathParam("wearer");
    var wearer = registry.wearer(idOrName);
    boolean allowed =
        principal.mayManage() || (wearer.isPresent() && principal.mayRead(wearer.get().id()));
    if (!allowed) {
      throw ApiException.forbidden("this token is not for wearer '" + idOrName + "'");
    }
    return wearer.orElseThrow(
        () -> ApiException.notFound("no wearer has the id or name '" + idOrName + "'"));
  }

  private String base(Context ctx) {
    URI configured = config.publicUrl();
    if (configured == null) {
      return ctx.scheme() + "://" + ctx.host();
    }
    String text = configured.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private WearerAnswer answer(Context ctx, Wearer wearer, @Nullable String token) {
    return new WearerAnswer(
        wearer.id().value(),
        wearer.name(),
        token,
        wearer.zoneAt(clock.instant()).getId(),
        wearer.zones(),
        shown(ctx, wearer.settings()));
  }

  private static DeviceAnswer answer(Device device) {
    return new DeviceAnswer(
        device.id().value(),
        device.name(),
        null,
        device.placement(),
        device.axes(),
        device.wearer().value(),
        null);
  }

  /**
   * An admin reads settings too, but no health values and no meetings; secrets are shown to nobody.
   */
  private WearerSettings shown(Context ctx, WearerSettings settings) {
    AlertSettings alerts = settings.alerts().hidden();
    boolean admin = authentication.require(ctx).kind() == Principal.Kind.ADMIN;
    return settings.withStretches(null).withAlerts(admin ? alerts.withBusy(List.of()) : alerts);
  }

  private static Placement placement(String text) {
    try {
      return Placement.of(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.badRequest("placement: " + e.getMessage());
    }
  }

  private static String placements() {
    return Arrays.stream(Placement.values())
        .map(Placement::wireName)
        .collect(Collectors.joining(", "));
  }

  private static String text(ObjectNode body, String field, String what) {
    JsonNode value = body.get(field);
    if (value == null || !value.isTextual() || value.asText().isBlank()) {
      throw ApiException.badRequest(field + ": missing; give " + what);
    }
    return value.asText();
  }

  record Items(List<?> items, @Nullable String next) {}

  /**
   * A wearer.
   *
   * @param zone that holds now
   * @param zones all that were told, in order, those of the future too
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WearerAnswer(
      String id,
      String name,
      @Nullable String token,
      String zone,
      List<Wearer.ZoneFrom> zones,
      WearerSettings settings) {}

  record TokenAnswer(String id, String name, String token, Instant oldUntil) {}

  record RevokedAnswer(String id, String name, boolean revoked) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record DeviceAnswer(
      String id,
      String name,
      @Nullable String token,
      Placement placement,
      @Nullable Axes axes,
      String wearer,
      @Nullable Map<String, String> urls) {}
}
