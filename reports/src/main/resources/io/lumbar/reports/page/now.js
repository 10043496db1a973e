import { byId, say } from "./dom.js";
import { dateInWords, millis, span } from "./time.js";
import { named, t } from "./words.js";

const SILENT_AFTER = 120;
// With a clock that runs fast, minutes pass between two answers of the server.
const LEAST_WAIT = 5;
export const postureName = (posture) => named("posture", posture);
const placeName = (place) => named("place", place);

/** For who is never told when a reminder would be due, the ring goes round once an hour. */
const ROUND = 60;

/** Why no reminder about sitting comes at an instant: "off", "listening", or null where one may. */
export const noReminders = ({ remindersOff, listenUntil }, now) =>
  remindersOff ? "off" : listenUntil && millis(listenUntil) > now ? "listening" : null;

/** The card that says what the wearer does, how long, and when a break is due: not everybody can stand up. */
export class NowCard {
  #now = null;
  #clock;
  #time;
  #wearer;
  #reminders;

  /** @param reminders says which came, and whether they are quiet now */
  constructor(clock, time, wearer, reminders) {
    this.#clock = clock;
    this.#time = time;
    this.#wearer = wearer;
    this.#reminders = reminders;
  }

  show(now) {
    this.#now = now;
    this.tick();
  }

  tick() {
    if (this.#now === null) {
      return;
    }
    const now = this.#now;
    const at = this.#clock.now();
    const heard = now.heardUntil ? millis(now.heardUntil) : null;
    const quiet = heard === null ? null : Math.max(0, (at - heard) / 1000);
    const silent = heard !== null && this.#isSilent(at, heard);
    const end = silent && now.open ? heard : at;
    const seconds = now.since ? Math.max(0, (end - millis(now.since)) / 1000) : 0;

    document.querySelector(".now").dataset.posture = now.posture;
    say(byId("now-posture"), postureName(now.posture));
    say(byId("now-fresh"), this.#freshness(now, heard, quiet, silent));
    if (!now.open) {
      this.#unknown(now, heard);
      return;
    }
    say(byId("now-line"), t("now.for", { span: span(seconds), time: this.#time.hhmm(millis(now.since)) }));
    if (now.posture === "sitting") {
      this.#sitting(now, heard, end);
    } else {
      say(byId("now-next"), nextWords(now.posture));
      this.#ring(0, seconds, postureName(now.posture));
    }
  }

  /** What the wearer does, and up to when that is known: the end of all that the page says of the present. Null when it is not known. */
  present() {
    const now = this.#now;
    return now?.open && now.heardUntil ? { posture: now.posture, until: this.#until(now) } : null;
  }

  #until(now) {
    const at = this.#clock.now();
    const heard = millis(now.heardUntil);
    return this.#isSilent(at, heard) ? heard : at;
  }

  #isSilent(at, heard) {
    const quiet = Math.max(0, (at - heard) / 1000);
    return quiet >= SILENT_AFTER && this.#clock.waited(quiet) >= LEAST_WAIT;
  }

  #sitting(now, heard, end) {
    const limit = this.#wearer.longSittingMinutes;
    const seconds = now.sittingSeconds + Math.max(0, (end - heard) / 1000);
    say(byId("now-next"), this.#nextOfSitting(limit * 60 - seconds, seconds, end));
    const round = this.#wearer.byChance ? ROUND : limit;
    const label = this.#wearer.byChance || this.#quiet() ? postureName(now.posture) : t("now.ring", { minutes: limit });
    this.#ring(Math.min(100, (seconds / (round * 60)) * 100), seconds, label);
  }

  #quiet() {
    return noReminders(this.#wearer, this.#clock.now()) !== null || this.#reminders.quiet() !== null;
  }

  /**
   * Nothing urges while reminders are quiet. Who agreed that chance holds some back hears the same in
   * each sitting: a time that is announced, or a nudge where none came, would tell which one it was.
   */
  #nextOfSitting(left, seconds, end) {
    const quiet = this.#reminders.quiet();
    if (noReminders(this.#wearer, this.#clock.now())) {
      return "";
    }
    if (quiet) {
      return quiet.until === null ? t("now.quiet") : t("now.quietUntil", { time: this.#when(quiet.until) });
    }
    if (this.#wearer.byChance) {
      return "";
    }
    if (left > 0) {
      return t("now.due", { time: this.#time.hhmm(end + left * 1000), span: span(Math.ceil(left / 60) * 60) });
    }
    return this.#reminders.cameSince(end - seconds * 1000) ? t("now.moment") : "";
  }

  #unknown(now, heard) {
    say(
      byId("now-line"),
      heard === null ? t("now.nothing") : t("now.since", { time: this.#when(heard) }),
    );
    say(
      byId("now-next"),
      heard === null
        ? t("now.nothingNext")
        : t("now.silence"),
    );
    this.#ring(0, null, t("now.unknown"));
  }

  /** A day that is over needs its date: an import may be all that there is. */
  #when(at) {
    const day = this.#time.date(at);
    const time = this.#time.hhmm(at);
    return day === this.#time.date(this.#clock.now()) ? time : `${dateInWords(day)}, ${time}`;
  }

  #freshness(now, heard, quiet, silent) {
    if (heard === null) {
      return "\u00a0";
    }
    if (silent || !now.open) {
      return t("now.noData", { span: span(quiet) });
    }
    const source = now.source ? `${placeName(now.source)}, ` : "";
    const words = `${source}${quiet < 20 || this.#clock.waited(quiet) < LEAST_WAIT ? t("now.upToDate") : t("now.heard", { span: span(quiet) })}`;
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  #ring(percent, seconds, label) {
    byId("ring-fill").setAttribute("stroke-dasharray", `${percent} 100`);
    byId("ring-fill").classList.toggle("none", percent <= 0);
    const minutes = seconds === null ? null : Math.floor(seconds / 60);
    say(byId("ring-number"), minutes === null ? "\u2013" : long(minutes));
    say(byId("ring-unit"), minutes === null ? "" : minutes < 60 ? "min" : "h");
    byId("ring").setAttribute(
      "aria-label",
      minutes === null ? label : t("now.ringMinutes", { label, n: minutes }),
    );
  }
}

function long(minutes) {
  return minutes < 60
    ? String(minutes)
    : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function nextWords(posture) {
  switch (posture) {
    case "standing":
    case "walking":
    case "running":
    case "stairs":
    case "cycling":
    case "upright":
      return t("now.next.upright");
    case "lying":
      return t("now.next.lying");
    case "not-worn":
      return t("now.next.not-worn");
    case "travelling":
      return t("now.next.travelling");
    default:
      return t("now.next.steps");
  }
}
