package io.lumbar.alerts.delivery;

import io.lumbar.model.Alert;
import io.lumbar.model.AlertPriority;
import io.lumbar.model.ChannelSettings;
import io.lumbar.model.EpisodeKind;
import io.lumbar.model.WearerId;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Alerts and channels as the tests of delivery need them. */
public final class Notices {
  public static final Instant NOW = Instant.parse("2026-03-02T08:30:00Z");
  public static final WearerId ANNA = new WearerId("w_anna");
  public static final String SECRET = "whsec_c2l4dGVlbiBieXRlcyBhbmQgbW9yZQ==";
  public static final String OTHER_SECRET = "whsec_YW5vdGhlciBrZXkgb2YgdGhlIHRlc3Rz";

  private Notices() {}

  public static Alert alert(String id, Instant at) {
    return new Alert(
        id,
        ANNA,
        "e_" + id,
        EpisodeKind.LONG_SITTING,
        30,
        at,
        at.minusSeconds(1800),
        ZoneId.of("Europe/Berlin"),
        "Time to move",
        "30 minutes of sitting since 09:00. Try this: \u201cShort walk\u201d (less than two"
            + " minutes).",
        "short-walk",
        "sent");
  }

  public static ChannelSettings channel(
      String name,
      ChannelSettings.Type type,
      @Nullable URI url,
      @Nullable String to,
      String... secrets) {
    return new ChannelSettings(
        name, type, ChannelSettings.When.ALWAYS, Set.of(), url, to, List.of(secrets));
  }

  /** The same with sitting of another priority. */
  public static ChannelSettings sitting(AlertPriority priority, ChannelSettings channel) {
    return new ChannelSettings(
        channel.name(),
        channel.type(),
        channel.when(),
        channel.kinds(),
        Map.of(EpisodeKind.LONG_SITTING, priority),
        channel.url(),
        channel.to(),
        channel.secrets());
  }

  public static ChannelSettings webhook(String name, URI url) {
    return channel(name, ChannelSettings.Type.WEBHOOK, url, null, SECRET);
  }

  public static ChannelSettings otherwise(ChannelSettings channel) {
    return new ChannelSettings(
        channel.name(),
        channel.type(),
        ChannelSettings.When.OTHERWISE,
        channel.kinds(),
        channel.url(),
        channel.to(),
        channel.secrets());
  }
}
