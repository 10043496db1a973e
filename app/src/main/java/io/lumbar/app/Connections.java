package io.lumbar.app;

import io.lumbar.app.settings.Secret;
import io.lumbar.app.settings.Settings;
import io.lumbar.http.mail.MailConfig;
import io.lumbar.http.mail.MailSender;
import io.lumbar.http.mqtt.MqttConfig;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/** The ways to other servers that the settings name, and the way to this one. */
final class Connections {
  private Connections() {}

  /** The MQTT broker of devices and of the home. */
  static MqttConfig mqtt(Settings.Mqtt broker) {
    return new MqttConfig(
        broker.url(),
        broker.clientId(),
        broker.user().orElse(null),
        broker.password().map(Secret::reveal).orElse(null),
        broker.caFile().orElse(null));
  }

  /** The mail server; mails are dated by the real time, also where a demo's day runs faster. */
  static MailSender mail(Settings.Mail server) {
    return new MailSender(
        new MailConfig(
            server.url(),
            server.startTls(),
            server.user().orElse(null),
            server.password().map(Secret::reveal).orElse(null),
            server.from(),
            server.caFile().orElse(null)),
        InstantSource.system());
  }

  /** The start of links for other devices, when they can reach this server. */
  static Optional<URI> page(Site site) {
    Addresses addresses = site.addresses();
    int port = site.settings().http().port();
    Optional<URI> here =
        addresses.reachable() && port != 0
            ? Optional.of(URI.create(addresses.forOthers(port)))
            : Optional.empty();
    return addresses.publicUrl().or(() -> here);
  }

  /** The same, or else what a browser on this machine may follow. */
  static Optional<URI> nearestPage(Site site) {
    int port = site.settings().http().port();
    return page(site)
        .or(
            () ->
                port == 0
                    ? Optional.empty()
                    : Optional.of(URI.create(site.addresses().local(port))));
  }

  /** A place below the start of links. */
  static URI under(URI start, String path) {
    return URI.create(start.toString().replaceAll("/+$", "") + path);
  }
}
