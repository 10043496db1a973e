package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The manners of a wearer's alerts, changeable while running.
 *
 * @param cooldownMinutes least time between two alerts of one kind about different sittings; 10 to
 *     240
 * @param spacingMinutes least time between any two alerts; 10 to 120. The further steps of one
 *     sitting keep the distance that the wearer set for them
 * @param repeats how many further steps of one sitting are told after the first; 0 to 4
 * @param dailyBudget most alerts of a kind on a local day; 0 tells none, a kind that is not named
 *     has no limit, but one about sensors has one
 * @param snoozeLimit how often one sitting may be snoozed; 0 to 10
 * @param harderSnoozes whether each further snooze of one sitting lasts less: 15 minutes at most,
 *     then 5
 * @param quietHours spans without any alert, besides the wearer's daily quiet hours
 * @param workingHours when not empty, the only spans in which alerts come
 * @param backOff whether alerts come later when most of the last ten stayed unanswered
 * @param withholdPercent share of sittings held back at random, so that the effect of alerts can be
 *     told; 0 to 20, and 0 without the wearer's consent
 * @param listenUntil no alert before this instant, or null
 * @param pausedUntil the wearer's pause of all alerts ends here, or null
 * @param nightFeedbackFrom from when on quiet channels are told of an arched back while it lasts;
 *     null for never. A week before it only measures, so that there is something to compare with
 * @param calendar address of the wearer's calendar in iCalendar form, in whose busy events no alert
 *     comes; or null. It may hold a secret and is shown as {@code ***}
 * @param calendarUnreadSince since when the calendar at that address could not be read, though it
 *     was tried; null while it can
 * @param busy the busy times of the next days, as last read from the calendar or its file
 * @param channels how to reach the wearer besides the page, in order of preference
 * @param language of what alerts say, {@code en} or {@code de}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AlertSettings(
    int cooldownMinutes,
    int spacingMinutes,
    int repeats,
    Map<EpisodeKind, Integer> dailyBudget,
    int snoozeLimit,
    boolean harderSnoozes,
    List<DailySpan> quietHours,
    List<DailySpan> workingHours,
    boolean backOff,
    int withholdPercent,
    @Nullable Instant listenUntil,
    @Nullable Instant pausedUntil,
    @Nullable Instant nightFeedbackFrom,
    @Nullable URI calendar,
    @Nullable Instant calendarUnreadSince,
    List<BusyTime> busy,
    List<ChannelSettings> channels,
    String language) {

  /** More busy times are not kept. */
  public static final int MOST_BUSY = 200;

  private static final Set<String> LANGUAGES = Set.of("en", "de");
  private static final int MOST_SPANS = 28;
  private static final int MOST_CHANNELS = 8;
  private static final URI HIDDEN = URI.create(ChannelSettings.HIDDEN);

  public AlertSettings {
    require(cooldownMinutes, 10, 240, "cooldownMinutes");
    require(spacingMinutes, 10, 120, "spacingMinutes");
    require(repeats, 0, 4, "repeats");
    require(snoozeLimit, 0, 10, "snoozeLimit");
    require(withholdPercent, 0, 20, "withholdPercent");
    dailyBudget = dailyBudget == null ? Map.of() : Map.copyOf(dailyBudget);
    dailyBudget.forEach((kind, most) -> require(most, 0, 50, "dailyBudget." + kind.wireName()));
    quietHours = spans(quietHours, "quietHours");
    workingHours = spans(workingHours, "workingHours");
    busy = busy == null ? List.of() : List.copyOf(busy);
    if (busy.size() > MOST_BUSY) {
      throw new IllegalArgumentException(
          "alerts.busy has " + busy.size() + " entries; at most " + MOST_BUSY);
    }
    requireWeb(calendar);
    channels = channels == null ? List.of() : List.copyOf(channels);
    if (channels.size() > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "alerts.channels has " + channels.size() + " entries; at most " + MOST_CHANNELS);
    }
    calendarUnreadSince = calendar == null ? null : calendarUnreadSince;
    language = language == null ? "en" : language;
    if (!LANGUAGES.contains(language)) {
      throw new IllegalArgumentException("alerts.language must be en or de");
    }
    Set<String> names = new HashSet<>();
    for (ChannelSettings channel : channels) {
      if (!names.add(channel.name())) {
        throw new IllegalArgumentException(
            "two channels are named " + channel.name() + "; give each its own name");
      }
    }
  }

  /**
   * The second step as the only repeat, 30 minutes between sittings, 10 between any two alerts,
   * eight alerts of a kind a day, three snoozes a sitting; no channel besides the page.
   */
  public static AlertSettings defaults() {
    Map<EpisodeKind, Integer> budget = new EnumMap<>(EpisodeKind.class);
    budget.put(EpisodeKind.LONG_SITTING, 8);
    budget.put(EpisodeKind.INACTIVE, 8);
    return new AlertSettings(
        30, 10, 1, budget, 3, false, List.of(), List.of(), true, 0, null, null, null, null, null,
        List.of(), List.of(), "en");
  }

  /**
   * The most alerts of a kind on a local day; null for no limit. Deep bends are told to who asked
   * for it alone, and then once a day.
   */
  public @Nullable Integer budgetOf(EpisodeKind kind) {
    Integer named = dailyBudget.get(kind);
    if (kind == EpisodeKind.DEEP_BEND) {
      return named == null ? 0 : Math.min(1, named);
    }
    return named == null && kind.isAboutSensors() ? Integer.valueOf(1) : named;
  }

  /** The same with another end of the pause, null for none. */
  public AlertSettings pausedUntil(@Nullable Instant until) {
    return with(listenUntil, until, nightFeedbackFrom, calendar, busy, channels);
  }

  /** The same with another start of the feedback at night, null for none. */
  public AlertSettings nightFeedbackFrom(@Nullable Instant from) {
    return with(listenUntil, pausedUntil, from, calendar, busy, channels);
  }

  /** The same without what holds for a time only: listening days, a pause, and busy times. */
  public AlertSettings lasting() {
    return with(null, null, nightFeedbackFrom, calendar, List.of(), channels);
  }

  /** The same with another end of the listening days, null for none. */
  public AlertSettings listenUntil(@Nullable Instant until) {
    return with(until, pausedUntil, nightFeedbackFrom, calendar, busy, channels);
  }

  /** The same with other channels. */
  public AlertSettings withChannels(List<ChannelSettings> others) {
    return with(listenUntil, pausedUntil, nightFeedbackFrom, calendar, busy, others);
  }

  /** The same with other busy times. */
  public AlertSettings withBusy(List<BusyTime> others) {
    return with(listenUntil, pausedUntil, nightFeedbackFrom, calendar, others, channels);
  }

  /** The same without the calendar and what was read from it. */
  public AlertSettings withoutCalendar() {
    return with(listenUntil, pausedUntil, nightFeedbackFrom, null, List.of(), channels);
  }

  /** The same to show, without any secret. */
  public AlertSettings hidden() {
    return with(
        listenUntil,
        pausedUntil,
        nightFeedbackFrom,
        calendar == null ? null : HIDDEN,
        busy,
        channels.stream().map(ChannelSettings::hidden).toList());
  }

  /**
   * The same with the secrets of {@code before} where the calendar is shown as a secret, and where
   * a channel of that name, type and address comes without its own. Only the secrets of a webhook
   * go with it to another address, because they sign and are not sent.
   *
   * @throws IllegalArgumentException when a channel is new or has a new address, and its secrets
   *     are not given
   */
  public AlertSettings keepingSecretsOf(AlertSettings before) {
    List<ChannelSettings> kept = new ArrayList<>();
    for (ChannelSettings channel : channels) {
      kept.add(channel.hidesSecrets() ? known(channel, before) : channel);
    }
    URI address = HIDDEN.equals(calendar) ? before.calendar : calendar;
    boolean ended = address == null && before.calendar != null;
    boolean same = address != null && address.equals(before.calendar);
    return with(
            listenUntil, pausedUntil, nightFeedbackFrom, address, ended ? List.of() : busy, kept)
        .calendarUnreadSince(same ? before.calendarUnreadSince : null);
  }

  private static ChannelSettings known(ChannelSettings channel, AlertSettings before) {
    List<String> secrets =
        before.channels.stream()
            .filter(old -> old.name().equals(channel.name()) && old.type() == channel.type())
            .filter(
                old ->
                    channel.type() == ChannelSettings.Type.WEBHOOK
                        || Objects.equals(old.url(), channel.url()))
            .findFirst()
            .map(ChannelSettings::secrets)
            .orElse(List.of());
    if (secrets.isEmpty()
        && (!channel.secrets().isEmpty() || channel.type() == ChannelSettings.Type.WEBHOOK)) {
      throw new IllegalArgumentException(
          "channel "
              + channel.name()
              + (channel.secrets().isEmpty()
                  ? " needs secrets: at least one to sign with, whsec_ and a key in base64; make one"
                      + " with: echo whsec_$(openssl rand -base64 24)"
                  : " needs its secrets once more: hidden ones are kept only for a channel of the"
                      + " same name, type and url"));
    }
    return channel.withSecrets(secrets);
  }

  private AlertSettings with(
      @Nullable Instant listening,
      @Nullable Instant paused,
      @Nullable Instant nightFeedback,
      @Nullable URI address,
      List<BusyTime> times,
      List<ChannelSettings> others) {
    return new AlertSettings(
        cooldownMinutes,
        spacingMinutes,
        repeats,
        dailyBudget,
        snoozeLimit,
        harderSnoozes,
        quietHours,
        workingHours,
        backOff,
        withholdPercent,
        listening,
        paused,
        nightFeedback,
        address,
        isSame(address) ? calendarUnreadSince : null,
        times,
        others,
        language);
  }

  /** Nothing is known yet of another address; hidden it is the same. */
  private boolean isSame(@Nullable URI address) {
    return Objects.equals(address, calendar) || HIDDEN.equals(address);
  }

  /** The same, with since when the calendar cannot be read; null when it can. */
  public AlertSettings calendarUnreadSince(@Nullable Instant since) {
    return new AlertSettings(
        cooldownMinutes,
        spacingMinutes,
        repeats,
        dailyBudget,
        snoozeLimit,
        harderSnoozes,
        quietHours,
        workingHours,
        backOff,
        withholdPercent,
        listenUntil,
        pausedUntil,
        nightFeedbackFrom,
        calendar,
        since,
        busy,
        channels,
        language);
  }

  private static void requireWeb(@Nullable URI calendar) {
    boolean web =
        calendar == null
            || calendar.equals(HIDDEN)
            || (("https".equals(calendar.getScheme()) || "http".equals(calendar.getScheme()))
                && calendar.getHost() != null);
    if (!web) {
      throw new IllegalArgumentException(
          "alerts.calendar must be an address like https://host/calendar.ics; for webcal:// write"
              + " https:// instead");
    }
  }

  private static List<DailySpan> spans(@Nullable List<DailySpan> spans, String name) {
    if (spans != null && spans.size() > MOST_SPANS) {
      throw new IllegalArgumentException(
          "alerts." + name + " has " + spans.size() + " spans; at most " + MOST_SPANS);
    }
    return spans == null ? List.of() : List.copyOf(spans);
  }

  private static void require(int value, int least, int most, String name) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "alerts." + name + " is " + value + "; it must be between " + least + " and " + most);
    }
  }
}
