import { all, get } from "./api.js";
import { Correct } from "./correct.js";
import { byId, el, say } from "./dom.js";
import { Tags } from "./tags.js";
import { dateInWords, millis, shiftDate, span, ZoneTime } from "./time.js";
import { Timeline } from "./timeline.js";
import { locale, t } from "./words.js";

const FIRST_BOUTS = 10;

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

  constructor(wearer, base, time, clock, onAlerts) {
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
    this.#timeline.show(timeline.items, forgotten, sent, from, to, date === this.#today(), this.#there);
    const now = Math.max(this.#clock.now(), from);
    this.#correct.show({ date, from, to, time: this.#there, now }, told.items);
    this.#tags.show(date, days.items[0]?.tags ?? [], told.items);
    this.#numbers(days.items[0]);
    this.#bouts(timeline.items.filter((item) => item.posture === "sitting"));
    this.#onAlerts(alerts.items, date === this.#today(), reactions.items);
  }

  tick() {
    this.#timeline.tick();
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
