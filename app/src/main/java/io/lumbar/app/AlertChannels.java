package io.lumbar.app;

import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.Channels;
import io.lumbar.alerts.delivery.EmailChannel;
import io.lumbar.alerts.delivery.GotifyChannel;
import io.lumbar.alerts.delivery.HttpPoster;
import io.lumbar.alerts.delivery.NtfyChannel;
import io.lumbar.alerts.delivery.TelegramChannel;
import io.lumbar.alerts.delivery.WebhookChannel;
import io.lumbar.alerts.home.HomeChannel;
import io.lumbar.alerts.home.HomeLine;
import io.lumbar.alerts.push.PushChannel;
import io.lumbar.alerts.push.PushRoutes;
import io.lumbar.alerts.push.Vapid;
import io.lumbar.alerts.responses.AnswerLinks;
import io.lumbar.alerts.responses.AnswerTickets;
import io.lumbar.app.settings.Secret;
import io.lumbar.http.Registry;
import io.lumbar.model.ChannelSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The channels of alerts, by type, and what they share with the pages.
 *
 * @param home the line to the MQTT broker, when one is set and channels are used here
 * @param tickets for buttons in messages
 * @param vapid says to push services who we are
 */
record AlertChannels(Channels channels, Optional<HomeLine> home, AnswerTickets tickets, Vapid vapid)
    implements AutoCloseable {

  /** The channels of a process; those whose settings are absent are off. */
  static AlertChannels open(Site site, Registry registry) {
    Optional<URI> page = Connections.page(site);
    // Messages age by the real time, also where a demo's day runs faster.
    InstantSource real = InstantSource.system();
    AnswerTickets tickets = new AnswerTickets(signingKey(site), real);
    Vapid vapid = new Vapid(signingKey(site), contact(page), real);
    Optional<HomeLine> home = home(site);
    HttpPoster poster = new HttpPoster();
    Optional<AnswerLinks> links =
        sharesKeys(site) ? page.map(start -> new AnswerLinks(start, tickets)) : Optional.empty();
    Map<ChannelSettings.Type, AlertChannel> channels = new EnumMap<>(ChannelSettings.Type.class);
    channels.put(ChannelSettings.Type.WEBHOOK, new WebhookChannel(poster, real));
    channels.put(ChannelSettings.Type.NTFY, new NtfyChannel(poster, links.orElse(null)));
    channels.put(ChannelSettings.Type.GOTIFY, new GotifyChannel(poster));
    channels.put(ChannelSettings.Type.TELEGRAM, new TelegramChannel(poster, page.orElse(null)));
    home.ifPresent(line -> channels.put(ChannelSettings.Type.MQTT, new HomeChannel(line)));
    site.settings()
        .mail()
        .map(Connections::mail)
        .ifPresent(
            sender ->
                channels.put(
                    ChannelSettings.Type.EMAIL, new EmailChannel(sender, page.orElse(null))));
    if (sharesKeys(site)) {
      channels.put(
          ChannelSettings.Type.PUSH,
          new PushChannel(
              poster,
              vapid,
              tickets,
              (wearer, channel) -> PushRoutes.forget(registry, wearer, channel),
              InstantSource.system()));
    }
    return new AlertChannels(new Channels(channels), home, tickets, vapid);
  }

  /** Signs cookies, and what else the pages must know again. */
  static byte[] signingKey(Site site) {
    return site.cookieKey()
        .map(Secret::reveal)
        .orElseGet(() -> site.instance().toString())
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the pages know what is signed here. */
  private static boolean sharesKeys(Site site) {
    return site.roles().contains(Role.WEB) || site.cookieKey().isPresent();
  }

  /** Alerts go out where they are decided, and tests of a channel where the pages are. */
  private static Optional<HomeLine> home(Site site) {
    boolean used = site.roles().contains(Role.ALERTS) || site.roles().contains(Role.WEB);
    return used
        ? site.settings().mqtt().map(broker -> HomeLine.open(Connections.mqtt(broker)))
        : Optional.empty();
  }

  private static String contact(Optional<URI> page) {
    return page.filter(start -> "https".equals(start.getScheme()))
        .map(URI::toString)
        .orElse("mailto:lumbar@localhost.localdomain");
  }

  @Override
  public void close() {
    channels.close();
    home.ifPresent(HomeLine::close);
  }
}
