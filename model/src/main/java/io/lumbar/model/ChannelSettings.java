package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.URI;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One way in which a wearer wants to be reached.
 *
 * @param name what the wearer calls it; unique among their channels
 * @param when whether it gets every alert, or only what those before it could not deliver
 * @param kinds the kinds of alerts that it gets; empty means all by day. What happens asleep goes
 *     only where it is named, and only to types that make no sound by themselves
 * @param priorities how urgent alerts of a kind are here; normal for kinds that are not named
 * @param url address of the receiver, for those that have one
 * @param to the topic there, for ntfy; the address, for e-mail; the chat, for Telegram; the public
 *     key of a browser, for push
 * @param secrets what signs or opens: signing secrets of a webhook, the newest first, or one token
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChannelSettings(
    String name,
    Type type,
    When when,
    Set<EpisodeKind> kinds,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<EpisodeKind, AlertPriority> priorities,
    @Nullable URI url,
    @Nullable String to,
    List<String> secrets) {

  /** What stands for a secret where settings are shown. */
  public static final String HIDDEN = "***";

  /** A rotation needs two; a third leaves room for a mistake. */
  private static final int MOST_SECRETS = 3;

  private static final int LEAST_KEY_BYTES = 16;
  private static final String WEBHOOK_SECRET = "whsec_";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final Pattern ADDRESS =
      Pattern.compile("[^\\s\\p{Cntrl}@<>,;:\"()]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,190}");
  private static final Pattern CHAT = Pattern.compile("-?[0-9]{1,20}|@[A-Za-z0-9_]{5,64}");
  private static final Pattern BOT_TOKEN = Pattern.compile("[0-9]{3,20}:[A-Za-z0-9_-]{10,100}");
  private static final Pattern PUSH_KEY = Pattern.compile("[A-Za-z0-9_-]{87}=?");
  private static final Pattern PUSH_SECRET = Pattern.compile("[A-Za-z0-9_-]{22}={0,2}");
  private static final Pattern TOPIC = Pattern.compile("[-_A-Za-z0-9]{1,64}");

  /** The kinds of receivers. */
  public enum Type {
    WEBHOOK,
    NTFY,
    GOTIFY,
    EMAIL,
    MQTT,
    TELEGRAM,
    PUSH;

    /** Whether it reaches programs, such as one that switches a lamp, and rings nowhere itself. */
    boolean isSilent() {
      return this == MQTT || this == WEBHOOK;
    }

    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    @JsonCreator
    public static Type of(String wireName) {
      return WireName.parse(Type.class, wireName);
    }
  }

  /** When a channel is used. */
  public enum When {
    ALWAYS,
    /** Only when no channel before it in the list could be reached. */
    OTHERWISE;

    @JsonValue
    public String wireName() {
      return WireName.of(this);
    }

    @JsonCreator
    public static When of(String wireName) {
      return WireName.parse(When.class, wireName);
    }
  }

  public ChannelSettings {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a channel needs a name of 1 to 32 small letters, digits and -, starting with a letter"
              + " or digit");
    }
    if (type == null) {
      throw new IllegalArgumentException(
          "channel "
              + name
              + " needs a type: webhook, ntfy, gotify, email, mqtt, telegram or push");
    }
    when = when == null ? When.ALWAYS : when;
    kinds = kinds == null ? Set.of() : Set.copyOf(kinds);
    priorities = priorities == null ? Map.of() : Map.copyOf(priorities);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
    switch (type) {
      case WEBHOOK -> {
        requireUrl(name, url);
        requireSigning(name, secrets);
      }
      case NTFY -> {
        requireUrl(name, url);
        require(name, to, TOPIC, "to: the ntfy topic, letters, digits, - and _");
        requireAtMostOne(name, secrets, "the access token of ntfy");
      }
      case GOTIFY -> {
        requireUrl(name, url);
        if (secrets.size() != 1) {
          throw fault(name, "secrets: exactly one, the application token of Gotify");
        }
      }
      case EMAIL -> require(name, to, ADDRESS, "to: one e-mail address, like anna@example.org");
      case MQTT -> {
        // The broker is the server's own.
      }
      case TELEGRAM -> {
        if (url != null) {
          requireUrl(name, url);
        }
        require(name, to, CHAT, "to: the number of the chat, or @ and the name of a channel");
        requireBotToken(name, secrets);
      }
      case PUSH -> {
        requireUrl(name, url);
        require(name, to, PUSH_KEY, "to: the key p256dh of the browser's subscription");
        requirePushSecret(name, secrets);
      }
    }
  }

  /** Everything with the usual priority. */
  public ChannelSettings(
      String name,
      Type type,
      When when,
      Set<EpisodeKind> kinds,
      @Nullable URI url,
      @Nullable String to,
      List<String> secrets) {
    this(name, type, when, kinds, Map.of(), url, to, secrets);
  }

  /** Whether it gets alerts of a kind. */
  public boolean takes(EpisodeKind kind) {
    return kind.isOfSleep()
        ? type.isSilent() && kinds.contains(kind)
        : kinds.isEmpty() || kinds.contains(kind);
  }

  /**
   * Refuses what happens asleep on a channel that would ring; for new settings alone, because older
   * ones may name it.
   *
   * @throws IllegalArgumentException with the channel and the fix
   */
  public void requireQuietAtNight() {
    if (!type.isSilent() && kinds.stream().anyMatch(EpisodeKind::isOfSleep)) {
      throw fault(
          name,
          "kinds of the day: what happens asleep goes to mqtt or a webhook alone, which make no"
              + " sound");
    }
  }

  /** How urgent alerts of a kind are here. */
  public AlertPriority priority(EpisodeKind kind) {
    return priorities.getOrDefault(kind, AlertPriority.NORMAL);
  }

  /** The same to show, with each secret replaced. */
  public ChannelSettings hidden() {
    return withSecrets(Collections.nCopies(secrets.size(), HIDDEN));
  }

  ChannelSettings withSecrets(List<String> others) {
    return new ChannelSettings(name, type, when, kinds, priorities, url, to, others);
  }

  /** True when the secrets are those of {@link #hidden}, or none were given. */
  boolean hidesSecrets() {
    return secrets.stream().allMatch(HIDDEN::equals);
  }

  @Override
  public String toString() {
    return "channel " + name + " (" + type.wireName() + ")";
  }

  private static void requireUrl(String name, @Nullable URI url) {
    boolean fits =
        url != null
            && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
            && url.getHost() != null
            && url.getUserInfo() == null;
    if (!fits) {
      throw fault(name, "url: an address like https://host/path, without a password in it");
    }
  }

  private static void requireSigning(String name, List<String> secrets) {
    if (secrets.size() > MOST_SECRETS) {
      throw fault(name, "secrets: at most " + MOST_SECRETS + ", the newest first");
    }
    for (String secret : secrets) {
      if (!secret.equals(HIDDEN) && !isSigning(secret)) {
        throw fault(
            name,
            "secrets: each is whsec_ and at least "
                + LEAST_KEY_BYTES
                + " bytes in base64; make one with: echo whsec_$(openssl rand -base64 24)");
      }
    }
  }

  private static boolean isSigning(String secret) {
    try {
      return secret.startsWith(WEBHOOK_SECRET)
          && Base64.getDecoder().decode(secret.substring(WEBHOOK_SECRET.length())).length
              >= LEAST_KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void requireAtMostOne(String name, List<String> secrets, String what) {
    if (secrets.size() > 1) {
      throw fault(name, "secrets: at most one, " + what);
    }
  }

  private static void requirePushSecret(String name, List<String> secrets) {
    boolean fits =
        secrets.size() == 1
            && (secrets.get(0).equals(HIDDEN) || PUSH_SECRET.matcher(secrets.get(0)).matches());
    if (!fits) {
      throw fault(name, "secrets: exactly one, the key auth of the browser's subscription");
    }
  }

  private static void requireBotToken(String name, List<String> secrets) {
    boolean fits =
        secrets.size() == 1
            && (secrets.get(0).equals(HIDDEN) || BOT_TOKEN.matcher(secrets.get(0)).matches());
    if (!fits) {
      throw fault(name, "secrets: exactly one, the token that Telegram gave the bot");
    }
  }

  private static void require(String name, @Nullable String value, Pattern form, String rule) {
    if (value == null || !form.matcher(value).matches()) {
      throw fault(name, rule);
    }
  }

  private static IllegalArgumentException fault(String name, String rule) {
    return new IllegalArgumentException("channel " + name + " needs " + rule);
  }
}
