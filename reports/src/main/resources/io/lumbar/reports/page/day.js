import { all, get } from "./api.js";
import { Correct } from "./correct.js";
import { byId, el, say } from "./dom.js";
import { Tags } from "./tags.js";
import { dateInWords, millis, shiftDate, span, ZoneTime } from "./time.js";
import { Timeline } from "./timeline.js";
import { locale, t } from "./words.js";

const FIRST_BOUTS = 10;
const MINUTE = 60000;

const liftedInWords = ({ volumeKg, heavierThanUsual }) =>
  [
    volumeKg > 0 ? `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(volumeKg)} kg` : null,
    heavierThanUsual ? t("lift.heavierIs") : null,
  ].filter(Boolean).join(", ");

/** One day of a wearer: picture, numbers, bouts, and which reminders there were. */
export class DayView {
  #base;
  #time;
  #there;
  #clock;
  #timeline;
  #date = null;
  #showAll = false;
  #tags;
  #correct;
  #onAlerts;
  #request = 0;
  #present;
  /** What was loaded of the day, and the minute up to which it is shown. */
  #loaded = null;
  #minute = null;

  /** @param present what goes on now and up to when, or null: the day and its bouts end where that does */
  constructor(wearer, base, time, clock, present, onAlerts) {
    this.#present = present;
    this.#base = base;
    this.#time = time;
    this.#there = time;
    this.#clock = clock;
    this.#onAlerts = onAlerts;
    this.#tags = new Tags(wearer);
    this.#correct = new Correct(wearer, base, () => this.reload());
    this.#timeline = new Timeline(byId("timeline"), clock, (piece) => this.#correct.pick(piece));
    byId("day-before").onclick = () => this.open(shiftDate(this.#shownDate(), -1));
    byId("day-after").onclick = () => this.open(shiftDate(this.#shownDate(), 1));
    byId("day-today").onclick = () => this.open(null);
  }

  close() {
    this.#timeline.close();
    this.#request = -1;
  }

  /** Shows a date, or with null whatever day it is. */
  async open(date) {
    this.#correct.leave();
    this.#date = date !== null && date >= this.#today() ? null : date;
    this.#showAll = false;
    this.#headings();
    await this.reload();
  }

  async reload() {
    const request = ++this.#request;
    const date = this.#shownDate();
    const range = `from=${date}&to=${date}&limit=10000`;
    const [timeline, days, alerts, reactions, told] = await Promise.all([
      all(`${this.#base}/timeline?${range}`),
      get(`${this.#base}/days?from=${date}&to=${date}`),
      all(`${this.#base}/alerts?${range}`),
      get(`${this.#base}/alerts/reactions?from=${date}&to=${date}`),
      all(`${this.#base}/statements?${range}`),
    ]);
    if (request !== this.#request) {
      return;
    }
    // A day before a flight is shown by the clocks of where it was.
    const zone = days.items[0]?.zone ?? this.#time.zone;
    this.#there = zone === this.#time.zone ? this.#time : new ZoneTime(zone);
    say(byId("zone"), t("page.zone", { zone: zone.replaceAll("_", " ") }));
    this.#headings();
    const from = millis(timeline.from);
    const to = millis(timeline.to);
    const sent = alerts.items.filter((alert) => alert.decision === "sent");
    const forgotten = days.items[0]?.forgotten ?? [];
    this.#loaded = { items: timeline.items, day: days.items[0], from, isToday: date === this.#today() };
    const shown = this.#upToNow();
    this.#timeline.show(shown.items, forgotten, sent, from, to, date === this.#today(), this.#there);
    const now = Math.max(this.#clock.now(), from);
    this.#correct.show({ date, from, to, time: this.#there, now }, told.items);
    this.#tags.show(date, days.items[0]?.tags ?? [], told.items);
    this.#fill(shown);
    this.#onAlerts(alerts.items, date === this.#today(), reactions.items);
  }

  tick() {
    this.#timeline.tick();
    const minute = Math.floor((this.#present()?.until ?? 0) / MINUTE);
    if (this.#loaded?.isToday && minute > this.#minute) {
      this.#fill(this.#upToNow());
    }
  }

  #fill({ items, day }) {
    this.#numbers(day);
    this.#bouts(items.filter((item) => item.posture === "sitting"));
  }

  /**
   * What was loaded, with what goes on reaching up to the present. A posture that was told as a change is
   * written down up to the newest record only, while it holds all the same.
   */
  #upToNow() {
    const { items, day, from, isToday } = this.#loaded;
    const present = isToday ? this.#present() : null;
    this.#minute = Math.floor((present?.until ?? 0) / MINUTE);
    const open = items.find((item) => item.open && item.posture === present?.posture);
    const more = open ? Math.max(0, (present.until - Math.max(from, millis(open.to))) / 1000) : 0;
    if (more === 0) {
      return { items, day };
    }
    const seconds = open.seconds + more;
    const longer = { ...open, to: new Date(present.until).toISOString(), seconds };
    return { items: items.map((item) => (item === open ? longer : item)), day: day && this.#longer(day, open, more / 60, (present.until - Math.max(from, millis(open.from))) / MINUTE) };
  }

  #longer(day, open, more, bout) {
    if (!day.sitting) {
      return day;
    }
    const { minutes, longestMinutes } = day.sitting;
    const sitting = open.posture === "sitting"
      ? { ...day.sitting, minutes: minutes + more, longestMinutes: Math.max(longestMinutes, bout) }
      : day.sitting;
    return { ...day, sitting, coverageMinutes: day.coverageMinutes + more };
  }

  #today() {
    return this.#time.date(this.#clock.now());
  }

  #shownDate() {
    return this.#date ?? this.#correct.heldDate() ?? this.#today();
  }

  #headings() {
    const date = this.#shownDate();
    const today = this.#today();
    const eyebrow =
      date === today ? t("day.today") : date === shiftDate(today, -1) ? t("day.yesterday") : date.slice(0, 4);
    say(byId("day-eyebrow"), eyebrow);
    say(byId("day-title"), dateInWords(date));
    byId("day-after").disabled = date >= today;
    byId("day-today").disabled = date === today;
    // The day that is still going on has its report tomorrow; until then there is this morning's.
    const morning = date === today ? today : shiftDate(date, 1);
    byId("report-link").href = `${this.#base}/reports/${morning}`;
    say(byId("report-link"), t(date === today ? "day.morningReport" : "day.report"));
    byId("trends-link").href = `${this.#base}/trends?days=28`;
  }

  #numbers(day) {
    const minutes = (value) => span(value * 60);
    // A day of which nothing but the forgotten is left has no sums.
    const sums = day?.sitting ? day : null;
    const forgotten = (day?.forgotten ?? []).reduce((sum, { from, to }) => sum + millis(to) - millis(from), 0);
    const rows = [
      [t("day.sat"), sums ? minutes(day.sitting.minutes) : "\u2013"],
      [t("day.longest"), sums ? minutes(day.sitting.longestMinutes) : "\u2013"],
      [t("day.breaks"), sums ? String(day.sitting.breaks) : "\u2013"],
      [t("day.steps"), sums && day.steps ? new Intl.NumberFormat("en").format(day.steps).replaceAll(",", "\u202f") : "\u2013"],
      ...(day?.lifting ? [[t("day.lifted"), liftedInWords(day.lifting)]] : []),
      [t("day.known"), sums ? minutes(day.coverageMinutes) : "\u2013"],
      ...(forgotten > 0 ? [[t("day.forgotten"), span(forgotten / 1000)]] : []),
    ];
    byId("numbers").replaceChildren(
      ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))),
    );
  }

  #bouts(bouts) {
    const host = byId("bouts");
    if (bouts.length === 0) {
      host.replaceChildren(el("p", { class: "quiet" }, t("day.noSitting")));
      return;
    }
    const newest = [...bouts].reverse();
    const longest = Math.max(...bouts.map((bout) => bout.seconds));
    const shown = this.#showAll ? newest : newest.slice(0, FIRST_BOUTS);
    const rows = shown.map((bout) => this.#bout(bout, longest));
    const table = el(
      "table",
      {},
      el("thead", { class: "sr-only" }, el("tr", {}, el("th", { scope: "col" }, t("day.fromTo")), el("th", { scope: "col" }, t("day.share")), el("th", { scope: "col" }, t("day.length")))),
      el("tbody", {}, ...rows),
    );
    const rest = newest.length - shown.length;
    const more = rest > 0
      ? el("button", { type: "button", class: "plain", onclick: () => { this.#showAll = true; this.#bouts(bouts); } }, t("day.more", { n: rest }))
      : null;
    host.replaceChildren(table, ...(more ? [more] : []));
  }

  #bout(bout, longest) {
    const bar = el("span", { class: bout.seconds >= 1800 ? "length long" : "length" });
    bar.style.width = `${Math.max(2, (bout.seconds / longest) * 100)}%`;
    const end = bout.open ? t("day.now") : this.#there.hhmm(millis(bout.to));
    return el(
      "tr",
      {},
      el("td", { class: "when" }, `${this.#there.hhmm(millis(bout.from))} \u2013 ${end}`),
      el("td", { class: "bar-cell", "aria-hidden": "true" }, bar),
      el("td", { class: "how-long" }, span(bout.seconds)),
    );
  }
}
