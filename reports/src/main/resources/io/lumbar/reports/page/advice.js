import { get, patch, post } from "./api.js";
import { byId, el, say } from "./dom.js";
import { healthCard } from "./health.js";
import { dateInWords } from "./time.js";
import { named, t } from "./words.js";

// Learning the poses anew helps with none of these.
const SENSOR = new Set(["phone-on-desk", "not-me", "not-worn", "driving"]);

/** What suits the wearer, listening days, a time for the first reminder, and a look at the sensor: what may be changed. */
export class Advice {
  #base;
  #sample;
  #host = byId("advice");

  /** @param sample shows on this page what a reminder looks like */
  constructor(base, sample) {
    this.#base = base;
    this.#sample = sample;
  }

  async load() {
    const advice = await get(`${this.#base}/rules/advice`);
    const parts = [
      advice.ask ? await healthCard(this.#base, advice.ask) : null,
      advice.calendar ? this.#calendar(advice.calendar) : null,
      advice.listening ? this.#listening(advice) : null,
      advice.proposal ? this.#proposal(advice) : null,
      ...advice.corrections.map((each) => this.#correction(each)),
    ].filter(Boolean);
    this.#host.replaceChildren(...parts);
  }

  /** One line: nothing is wrong with the wearer, and what was known still holds for a while. */
  #calendar({ unreadSince, knownUntil, gone }) {
    const when = (iso) => `${dateInWords(iso.slice(0, 10))} ${iso.slice(11, 16)}`;
    const text = t(gone ? "advice.calendarGone" : "advice.calendar", { since: when(unreadSince), until: when(knownUntil) });
    return el("p", { class: "quiet calendar-line", id: "calendar-line" }, `${text} `, el("a", { href: "/settings" }, t("advice.calendarLook")));
  }

  #listening({ listenUntil }) {
    const said = el("p", { class: "quiet", role: "status" });
    const test = async () => {
      try {
        const { settings } = await patch(`${this.#base}/settings`, {});
        const channels = settings.alerts.channels;
        this.#sample();
        if (channels.length === 0) {
          say(said, t("advice.testHere"));
          return;
        }
        const tests = await Promise.all(channels.map(({ name }) =>
          post(`${this.#base}/channels/${encodeURIComponent(name)}/test`, {})));
        say(said, tests.map(({ channel, delivered, detail }) => `${channel}: ${delivered ? t("advice.sent") : detail}`).join(" \u00b7 "));
      } catch (error) {
        say(said, t("failed", { why: error.message }));
      }
    };
    return this.#card(
      t("advice.listeningTitle"),
      el("p", {}, t("advice.listening", { date: dateInWords(listenUntil.slice(0, 10)), time: listenUntil.slice(11, 16) })),
      el("div", { class: "answers" }, el("button", { type: "button", id: "send-test", onclick: test }, t("advice.test"))),
      said,
      el("p", { class: "more" }, el("a", { href: "/settings" }, t("advice.ways"))),
    );
  }

  #proposal({ presentMinutes, proposal }) {
    const { days, medianMinutes, perDay, minutes, perDayThen } = proposal;
    const same = minutes === presentMinutes;
    const gaps = { days, median: medianMinutes, present: presentMinutes, perDay, minutes, perDayThen };
    return this.#card(
      t("advice.proposalTitle"),
      el("p", {}, t(same ? "advice.fits" : "advice.proposal", gaps)),
      el(
        "div",
        { class: "answers" },
        this.#choice(same ? t("advice.start") : t("advice.take", { minutes }), { longSittingMinutes: minutes, alerts: { listenUntil: null } }, "primary"),
        same ? null : this.#choice(t("advice.keep", { minutes: presentMinutes }), { alerts: { listenUntil: null } }, ""),
      ),
    );
  }

  #choice(words, change, kind) {
    return el("button", { type: "button", class: kind, onclick: async () => {
      await patch(`${this.#base}/settings`, change);
      location.reload();
    } }, words);
  }

  #correction({ was, count }) {
    const words = t(`advice.${SENSOR.has(was) ? was : "recalibrate"}`);
    return this.#card(
      t("advice.wrongTitle"),
      el("p", {}, `${t("advice.wrong", { count, what: named("was", was) })} ${words}`),
      SENSOR.has(was) ? null : el("p", { class: "more" }, el("a", { href: "/calibrate" }, t("advice.learn"))),
    );
  }

  #card(title, ...body) {
    return el("section", { class: "card message" }, el("h2", {}, title), ...body);
  }
}
