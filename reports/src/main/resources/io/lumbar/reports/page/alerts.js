import { get, orNull, patch, post, remove } from "./api.js";
import { WAS } from "./correct.js";
import { byId, el, refill, say } from "./dom.js";
import { about } from "./effect.js";
import { tell } from "./keep.js";
import { noReminders } from "./now.js";
import { dateInWords, millis } from "./time.js";
import { counted, language, named, t } from "./words.js";

const SNOOZES = [5, 15, 30, 60];
const HOUR = 60;
// At night nobody is to answer anything.
const NIGHT = "arched-sleep";
const SITTING = "long-sitting";
/** Alerts about what somebody did, as against their sensors. */
const OF_TIME = new Set([SITTING, "inactive"]);
/** Of a correction. */
const LONGEST = 24 * 3600000;
/** What was answered this soon goes on up to the answer. */
const AT_ONCE = 10 * 60000;
/** How the ids of what a wearer wrote down begin; these have no picture. */
const OWN = "own-";
/** How the address of an alert on the page begins, behind the mark. */
const LINK = "#alert-";
const SAMPLE = "weight-shift";
const STILL_FRESH = 3 * 3600000;
const NEWS = 2 * 60000;
// Who learns at once that a reminder was held back at random behaves as if it had come.
const UNTOLD = 30 * 60000;

/** Hold 30 s, 2 times on each side. */
function dose({ holdSeconds, repetitions, sides }) {
  const hold = holdSeconds ? t("dose.hold", { n: holdSeconds }) : "";
  const times = repetitions > 1 ? t("dose.times", { n: repetitions }) : "";
  const words = [hold, times].filter(Boolean).join(", ");
  const both = words ? t("dose.eachSide", { dose: words }) : t("dose.bothSides");
  const each = sides === 2 ? both : words;
  return each ? `${each}.` : "";
}

/** What reached no channel stands on the page nevertheless, and can be answered there. */
const shown = (alert) => alert.decision === "sent" || alert.decision === "missed";

const notSent = (decision) =>
  decision === "missed" ? t("history.missed") : t("history.notSent", { why: named("reason", decision) });

/** The reminder that waits for an answer, and the day's earlier ones. */
export class Alerts {
  #base;
  #time;
  #clock;
  #wearer;
  #snoozedUntil = null;
  /** Why reminders are quiet and until when, as last read; null while they may come. */
  #quiet = null;
  #asked = null;
  /** How many words about snoozing were heard. */
  #words = 0;
  #today = new Map();
  #stretches = new Map();
  #shown = null;
  #asking = null;
  #reactions = new Map();
  #justAnswered = null;
  /** The time that an alert was wrong about, until it is corrected or another answer is given. */
  #wrong = null;
  #held = null;
  #readAgain;
  /** The alert that the page's address names, as messages link to it. */
  #wanted = location.hash.startsWith(LINK) ? location.hash.slice(LINK.length) : null;
  #led = false;

  /** @param readAgain asks anew how quiet it is */
  constructor(base, time, clock, wearer, readAgain) {
    this.#readAgain = readAgain;
    this.#base = base;
    this.#time = time;
    this.#clock = clock;
    this.#wearer = wearer;
  }

  /** The list of a day; today's decides what waits for an answer. */
  list(alerts, isToday, reactions) {
    this.#reactions = new Map(reactions.map((reaction) => [reaction.alert, reaction]));
    if (isToday) {
      for (const alert of alerts) {
        const known = this.#today.get(alert.id);
        // History may be a moment behind what the live stream already told.
        this.#today.set(alert.id, known && known.status !== "none" ? known : alert);
      }
      this.#current();
      this.#lookForSigns();
    }
    this.#history(alerts.map((alert) => (isToday ? this.#today.get(alert.id) : alert)));
    this.#lead();
  }

  /** Once, to the alert that the address names: to its card while it waits for an answer, else to its line. */
  #lead() {
    const line = this.#led || !this.#wanted ? null : byId(`alert-${this.#wanted}`);
    if (!line) {
      return;
    }
    this.#led = true;
    const isOpen = this.#open()?.id === this.#wanted;
    const place = isOpen ? byId("reminder-title") : line;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }

  /** A reminder that arrives now. */
  arrived(alert) {
    if (this.#today.has(alert.id)) {
      return;
    }
    this.#today.set(alert.id, alert);
    if (alert.decision === "sent" && alert.kind !== NIGHT && !alert.past && this.#clock.now() - millis(alert.at) < NEWS) {
      say(byId("announcer"), `${alert.title}. ${alert.text}`);
    }
    this.#asking = null;
    this.#current();
    this.#lookForSigns();
  }

  /** Exercises wait while a sign was told that needs a person, and the page says whom to turn to. */
  async #lookForSigns() {
    const signs = await orNull(get(`${this.#base}/red-flags?lang=${language()}`)).catch(() => null);
    this.#held = signs?.stop ?? null;
    this.#current();
  }

  /** What a reminder looks like; it is kept nowhere. */
  sample() {
    const stretch = el("div", { class: "stretch" });
    const close = () => {
      this.#shown = null;
      this.#current();
    };
    this.#shown = "sample";
    byId("reminder").replaceChildren(
      el(
        "div",
        { class: "offer" },
        el(
          "div",
          {},
          el("h2", { id: "reminder-title", tabindex: "-1" }, t("reminder.test")),
          el("p", {}, t("reminder.testText")),
        ),
        stretch,
        el("div", { class: "answers" }, el("button", { type: "button", class: "primary", id: "close-sample", onclick: close }, t("reminder.closeTest"))),
      ),
    );
    this.#stretch({ stretch: SAMPLE }, stretch);
    byId("reminder-title").focus();
  }

  answered(response) {
    if (response.action === "resume") {
      this.#hear({ snoozedUntil: null });
      this.#current();
      this.#readAgain();
      return;
    }
    const alert = this.#today.get(response.alert);
    if (alert) {
      const { status, at } = response;
      this.#today.set(alert.id, { ...alert, status, answeredAt: at });
      this.#justAnswered = status;
    }
    if (response.status === "snoozed") {
      this.#hear({ snoozedUntil: response.snoozedUntil });
    }
    this.#current();
  }

  /** Whether a snooze runs, as the server has it: it may have been ended or taken elsewhere. */
  async readSnooze() {
    const before = this.#words;
    const quiet = await get(this.#snoozePath());
    // What was heard since the question is newer than its answer.
    if (before === this.#words) {
      this.#hear(quiet);
      this.#quiet = quiet.quiet && quiet.why ? { why: quiet.why, until: quiet.until ? millis(quiet.until) : null } : null;
      this.#current();
    }
  }

  /** Why reminders are quiet now, and until when: null for no end that can be foreseen. Null while they may come. */
  quiet() {
    const snoozed = this.#snoozed();
    if (this.#quiet && (this.#quiet.until === null || this.#quiet.until > this.#clock.now())) {
      return this.#quiet.why === "snoozed" && !snoozed ? null : this.#quiet;
    }
    return snoozed ? { why: "snoozed", until: snoozed } : null;
  }

  /** Whether a reminder about sitting came since an instant, and none was called wrong. */
  cameSince(instant) {
    const came = [...this.#today.values()].filter((a) => a.kind === SITTING && shown(a) && millis(a.at) >= instant);
    return came.length > 0 && came.every((a) => a.status !== "wrong");
  }

  #snoozePath() {
    return `${this.#base}/snooze`;
  }

  #hear({ snoozedUntil }) {
    this.#words++;
    this.#snoozedUntil = snoozedUntil ? millis(snoozedUntil) : null;
  }

  /** What is quiet ends by itself, too; what came after it is asked for once. */
  tick() {
    const until = this.#quiet?.until;
    if (until && until <= this.#clock.now() && this.#asked !== until) {
      this.#asked = until;
      this.#readAgain();
    }
    this.#current();
  }

  /** The newest of each kind that is about: with its answer an older one is settled, and while a snooze runs nothing is asked. */
  #open() {
    if (this.#snoozed()) {
      return undefined;
    }
    const since = this.#clock.now() - STILL_FRESH;
    const kinds = new Map();
    for (const alert of [...this.#today.values()].filter((a) => shown(a) && a.kind !== NIGHT && millis(a.at) > since)) {
      const known = kinds.get(alert.kind);
      if (!known || millis(alert.at) >= millis(known.at)) {
        kinds.set(alert.kind, alert);
      }
    }
    const waiting = [...kinds.values()].filter((a) => a.status === "none");
    return waiting.find((a) => a.id === this.#wanted) ?? waiting.sort((a, b) => millis(b.at) - millis(a.at))[0];
  }

  #current() {
    const alert = this.#open();
    const key = `${alert ? `${alert.id} ${this.#asking}` : `none ${this.#snoozed()} ${this.#quiet?.why} ${this.quiet()?.until} ${this.#justAnswered} ${this.#wrong?.alert}`} ${this.#held?.level ?? ""}`;
    // A test stays until it is closed or a reminder comes.
    if (key === this.#shown || (this.#shown === "sample" && !alert)) {
      return;
    }
    this.#shown = key;
    if (this.#held) {
      this.#showHeld(alert);
    } else if (alert) {
      this.#showOpen(alert);
    } else {
      this.#showNone();
    }
  }

  /** When the snooze that runs ends, or null. */
  #snoozed() {
    return this.#snoozedUntil > this.#clock.now() ? this.#snoozedUntil : null;
  }

  /** 14:05, with its day where that is another one. */
  #when(until) {
    const day = this.#time.date(until);
    return `${day === this.#time.date(this.#clock.now()) ? "" : `${dateInWords(day)} `}${this.#time.hhmm(until)}`;
  }

  #showSnoozed(until) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const end = () => this.#sending(trouble, async () => this.#hear(await remove(this.#snoozePath(), {})));
    byId("reminder").replaceChildren(
      el("h2", { id: "reminder-title", tabindex: "-1" }, t("reminder.none")),
      el("p", {}, t("reminder.snoozedUntil", { time: this.#when(until) })),
      el("div", { class: "answers" }, el("button", { type: "button", class: "plain", id: "end-snooze", onclick: end }, t("snooze.end"))),
      trouble,
    );
  }

  #showNone() {
    const snoozed = this.#snoozed();
    if (snoozed && this.quiet()?.why === "snoozed") {
      this.#showSnoozed(snoozed);
      return;
    }
    // A snooze that is over or ended leaves nothing to say.
    const answered = this.#justAnswered === "snoozed" ? null : this.#justAnswered;
    const quiet = noReminders(this.#wearer, this.#clock.now()) ? null : this.quiet();
    const lines = [answered ? t(`reminder.${answered}`) : null, quiet ? this.#quietWords(quiet) : null].filter(Boolean);
    byId("reminder").replaceChildren(
      el("h2", { id: "reminder-title", tabindex: "-1" }, t(quiet ? "reminder.quiet" : "reminder.none")),
      ...(lines.length > 0 ? lines : [this.#comes()]).map((line) => el("p", {}, line)),
      ...(answered === "wrong" && this.#wrong ? this.#offerToCorrect(this.#wrong) : []),
    );
  }

  #quietWords({ why, until }) {
    const because = t(`reminder.because.${why}`);
    return until === null ? t("reminder.quietOpen", { because }) : t("reminder.quietUntil", { because, time: this.#when(until) });
  }

  /** The answer is about the reminder alone; the day still has the time as it was measured. */
  #offerToCorrect({ from, to, was }) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const correct = () => this.#sending(trouble, async () => {
      await tell(this.#wearer, "corrections", { from: new Date(from).toISOString(), to: new Date(to).toISOString(), was });
      this.#wrong = null;
      this.#justAnswered = "corrected";
    });
    return [
      el("p", {}, t("reminder.correct", { from: this.#time.hhmm(from), to: this.#time.hhmm(to), was: named("was", was) })),
      el("div", { class: "answers" }, el("button", { type: "button", id: "correct-time", onclick: correct }, t("reminder.correctIt"))),
      trouble,
    ];
  }

  /** When the next reminder may come, if any. */
  #comes() {
    const { longSittingMinutes: minutes, listenUntil } = this.#wearer;
    switch (noReminders(this.#wearer, this.#clock.now())) {
      case "off":
        return t("reminder.offText");
      case "listening":
        return t("reminder.listeningText", { minutes, date: dateInWords(this.#time.date(millis(listenUntil))), time: this.#time.hhmm(millis(listenUntil)) });
      default:
        return t(this.#wearer.byChance ? "reminder.chanceText" : "reminder.noneText", { minutes });
    }
  }

  /** The reminder's own words name an exercise. */
  #showHeld(alert) {
    const { level, title, text, emergencyNumber: number } = this.#held;
    const trouble = el("p", { class: "trouble", role: "alert" });
    const answers = alert ? this.#buttons(alert, (body) => this.#answer(alert, body, trouble), trouble) : [];
    byId("reminder").replaceChildren(
      el("h2", { id: "reminder-title", tabindex: "-1" }, title),
      el("p", {}, text),
      ...(level === "emergency" ? [el("p", {}, el("a", { href: `tel:${number}` }, t("signs.call", { number })))] : []),
      el("p", {}, el("a", { href: "/stretches/routine" }, t("signs.more"))),
      ...(alert ? [el("p", { class: "quiet" }, alert.title), el("div", { class: "answers" }, ...answers)] : []),
      trouble,
    );
  }

  #showOpen(alert) {
    const stretch = el("div", { class: "stretch" });
    const trouble = el("p", { class: "trouble", role: "alert" });
    const answer = (body) => this.#answer(alert, body, trouble);
    const buttons = this.#buttons(alert, answer, trouble);
    byId("reminder").replaceChildren(
      el(
        "div",
        { class: "offer" },
        el(
          "div",
          {},
          el("h2", { id: "reminder-title", tabindex: "-1" }, alert.title),
          el("p", {}, alert.text, " ", el("span", { class: "quiet" }, this.#time.hhmm(millis(alert.at)))),
        ),
        stretch,
        el("div", { class: "answers" }, ...buttons),
      ),
      trouble,
    );
    this.#stretch(alert, stretch);
  }

  #buttons(alert, answer, trouble) {
    const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);
    const back = button(t("back"), () => this.#ask(null), { class: "plain" });
    const ask = (words) => el("p", { class: "ask" }, words);
    switch (this.#asking) {
      case "wrong":
        return [
          ask(t("ask.was")),
          ...WAS.map((was) => button(t(`was.${was}`), () => answer({ action: "wrong", was }))),
          back,
        ];
      case "snooze":
        return [
          ask(t("ask.howLong")),
          ...SNOOZES.map((minutes) =>
            button(minutes === HOUR ? t("snooze.hour") : t("snooze.minutes", { n: minutes }), () => answer({ action: "snooze", minutes }))),
          button(t("snooze.tomorrow"), () => answer({ action: "snooze", until: "tomorrow" })),
          back,
        ];
      case "stop":
        return [
          ask(t("ask.stop")),
          button(t("answer.stop"), () => this.#stop(alert, answer, trouble), { id: "stop-these" }),
          back,
        ];
      default:
        return [
          button(t("answer.done"), () => answer({ action: "done" }), { class: "primary", id: "answer-done" }),
          button(t("answer.later"), () => this.#ask("snooze"), { id: "answer-snooze" }),
          button(t("answer.wrong"), () => this.#ask("wrong"), { class: "plain", id: "answer-wrong" }),
          button(t("answer.stop"), () => this.#ask("stop"), { class: "plain", id: "answer-stop" }),
        ];
    }
  }

  async #stop(alert, answer, trouble) {
    try {
      await patch(`${this.#base}/settings`, { alerts: { dailyBudget: { [alert.kind]: 0 } } });
      if (alert.kind === SITTING) {
        this.#wearer.remindersOff = true;
      }
      await answer({ action: "dismiss" });
      this.#justAnswered = "stopped";
      this.#current();
      byId("reminder-title").focus();
    } catch (error) {
      say(trouble, t("failed", { why: error.message }));
    }
  }

  #ask(asking) {
    this.#asking = asking;
    this.#current();
    byId("reminder").querySelector("button")?.focus();
  }

  #answer(alert, body, trouble) {
    return this.#sending(trouble, async () => {
      const kept = await post(`/api/v1/alerts/${encodeURIComponent(alert.id)}/response`, body);
      const status = { done: "done", snooze: "snoozed", dismiss: "dismissed", wrong: "wrong" }[body.action];
      this.#asking = null;
      this.#wrong = this.#wrongTime(alert, body);
      this.answered({ alert: alert.id, status, at: kept.at, snoozedUntil: kept.snoozedUntil });
    });
  }

  #wrongTime({ id, kind, since, at }, { was }) {
    if (!was || !OF_TIME.has(kind)) {
      return null;
    }
    const now = this.#clock.now();
    const from = millis(since);
    const to = now - millis(at) < AT_ONCE ? now : millis(at);
    return to > from && to - from <= LONGEST ? { alert: id, from, to, was } : null;
  }

  async #sending(trouble, send) {
    try {
      say(trouble, "");
      byId("reminder").querySelectorAll("button").forEach((button) => { button.disabled = true; });
      await send();
      this.#current();
      byId("reminder-title").focus();
    } catch (error) {
      byId("reminder").querySelectorAll("button").forEach((button) => { button.disabled = false; });
      say(trouble, t("failed", { why: error.message }));
    }
  }

  /** From the catalogue, or of what the wearer wrote down, which may be gone since. */
  async #find(id) {
    if (!id.startsWith(OWN)) {
      return orNull(get(`/api/v1/stretches/${encodeURIComponent(id)}?lang=${language()}`));
    }
    const { own } = await get(`${this.#base}/stretch-profile`);
    return own.find((one) => one.id === id) ?? null;
  }

  async #stretch(alert, host) {
    if (!alert.stretch) {
      return;
    }
    if (!this.#stretches.has(alert.stretch)) {
      this.#stretches.set(alert.stretch, this.#find(alert.stretch).catch(() => null));
    }
    const stretch = await this.#stretches.get(alert.stretch);
    if (stretch) {
      const own = stretch.id.startsWith(OWN);
      const stop = stretch.stopIf ? t("stretch.stop", { what: stretch.stopIf }) : "";
      const notes = [dose(stretch), ...(stretch.cautions ?? []), stop].filter(Boolean);
      refill(
        host,
        own ? null : el("img", { class: "stretch-figure", src: `/api/v1/stretches/${encodeURIComponent(stretch.id)}/figure.svg`, alt: "", width: 480, height: 360 }),
        el("h3", {}, stretch.name),
        el("ol", {}, ...(stretch.steps ?? []).map((step) => el("li", {}, step))),
        ...notes.map((note) => el("p", { class: "quiet" }, note)),
        el("p", {}, el("a", { href: "/stretches" }, t("stretch.more"))),
      );
    }
  }

  #history(alerts) {
    const host = byId("history");
    const now = this.#clock.now();
    const told = alerts.filter((a) => a.decision !== "withheld-at-random" || now - millis(a.at) > UNTOLD);
    if (told.length === 0) {
      host.replaceChildren(el("p", { class: "quiet" }, t("history.none")));
      return;
    }
    const rows = [...told].reverse().map((alert) =>
      el(
        "li",
        { id: `alert-${alert.id}`, tabindex: "-1" },
        el("span", { class: "when" }, this.#time.hhmm(millis(alert.at))),
        el("span", { class: "what" }, alert.title),
        this.#tag(alert),
        this.#upAfter(alert),
      ),
    );
    const focused = host.contains(document.activeElement) ? document.activeElement.id : "";
    host.replaceChildren(el("ul", { class: "rows" }, ...rows));
    // The list is made anew with each that comes; who was led to a line stays there.
    if (focused) {
      byId(focused)?.focus({ preventScroll: true });
    }
  }

  #tag(alert) {
    const answered = alert.decision === "sent" || alert.status !== "none";
    const words = answered ? t(`status.${alert.status}`) : notSent(alert.decision);
    const night = alert.kind === NIGHT && alert.status === "none" && answered;
    return el("span", { class: `tag ${answered ? alert.status : "held"}` }, night ? t("history.quietly") : words);
  }

  /** Only what was done is told; who stayed seated is not reminded of that. */
  #upAfter(alert) {
    const reaction = this.#reactions.get(alert.id);
    if (reaction?.outcome !== "up" || alert.decision !== "sent") {
      return null;
    }
    const time = about(reaction.latencySeconds);
    const words = reaction.steps > 0
      ? t("history.upSteps", { time, steps: counted("history.steps", reaction.steps) })
      : t("history.up", { time });
    return el("span", { class: "tag" }, words);
  }
}
