package io.lumbar.app;

import io.lumbar.alerts.delivery.AlertChannel;
import io.lumbar.alerts.delivery.Channels;
import io.lumbar.alerts.delivery.GotifyChannel;
import io.lumbar.alerts.delivery.HttpPoster;
import io.lumbar.alerts.delivery.NtfyChannel;
import io.lumbar.alerts.delivery.WebhookChannel;
import io.lumbar.model.ChannelSettings;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** The channels of alerts, by type. */
final class AlertChannels {
  private AlertChannels() {}

  static Channels open() {
    HttpPoster poster = new HttpPoster();
    Map<ChannelSettings.Type, AlertChannel> channels = new EnumMap<>(ChannelSettings.Type.class);
    channels.put(ChannelSettings.Type.WEBHOOK, new WebhookChannel(poster, InstantSource.system()));
    channels.put(ChannelSettings.Type.NTFY, new NtfyChannel(poster));
    channels.put(ChannelSettings.Type.GOTIFY, new GotifyChannel(poster));
    return new Channels(channels);
  }
}
