import { get, patch, post } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords } from "./time.js";

const SENSOR = {
  "phone-on-desk": "While the phone lies on the desk, Lumbar cannot tell it from sitting. Keep it in the pocket, or put it down with the screen up.",
  "not-me": "Somebody else may use one of your devices. Remove it, or give it to a wearer of its own.",
  "not-worn": "A device may be elsewhere while it still sends. Switch its app off when you take it off.",
  driving: "Rides are taken for sitting on a chair. A pause until you arrive keeps it quiet.",
};
const RECALIBRATE = "The sensor may sit otherwise than Lumbar thinks. Check where it is worn; a short walk lets it learn again.";

/** Listening days, a time for the first reminder, and a look at the sensor: what may be changed. */
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
      advice.listening ? this.#listening(advice) : null,
      advice.proposal ? this.#proposal(advice) : null,
      ...advice.corrections.map((each) => this.#correction(each)),
    ].filter(Boolean);
    this.#host.replaceChildren(...parts);
  }

  #listening({ listenUntil }) {
    const said = el("p", { class: "quiet", role: "status" });
    const test = async () => {
      try {
        const { settings } = await patch(`${this.#base}/settings`, {});
        const channels = settings.alerts.channels;
        this.#sample();
        if (channels.length === 0) {
          say(said, "It stands on this page, under Reminder. The settings have other ways to reach you.");
          return;
        }
        const tests = await Promise.all(channels.map(({ name }) =>
          post(`${this.#base}/channels/${encodeURIComponent(name)}/test`, {})));
        say(said, tests.map(({ channel, delivered, detail }) => `${channel}: ${delivered ? "sent" : detail}`).join(" \u00b7 "));
      } catch (error) {
        say(said, `That did not work: ${error.message}`);
      }
    };
    return this.#card(
      "Getting to know how you sit",
      el("p", {}, `Until ${dateInWords(listenUntil.slice(0, 10))}, ${listenUntil.slice(11, 16)}, no reminders come. Then a time for the first one is proposed from your own sitting.`),
      el("div", { class: "answers" }, el("button", { type: "button", id: "send-test", onclick: test }, "Send a test")),
      said,
      el("p", { class: "more" }, el("a", { href: "/settings" }, "Ways to reach you, quiet times")),
    );
  }

  #proposal({ presentMinutes, proposal }) {
    const { days, medianMinutes, perDay, minutes, perDayThen } = proposal;
    const same = minutes === presentMinutes;
    const lead = `On ${days} days half of your sittings lasted up to ${medianMinutes} min. With the first reminder at ${presentMinutes} min it would come about ${perDay} times a day`;
    return this.#card(
      "A time for your first reminder",
      el("p", {}, same ? `${lead}, which fits.` : `${lead}, at ${minutes} min about ${perDayThen} times.`),
      el(
        "div",
        { class: "answers" },
        this.#choice(same ? "Start with it" : `Take ${minutes} min`, { longSittingMinutes: minutes, alerts: { listenUntil: null } }, "primary"),
        same ? null : this.#choice(`Keep ${presentMinutes} min`, { alerts: { listenUntil: null } }, ""),
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
    const words = SENSOR[was] ?? RECALIBRATE;
    return this.#card(
      "Reminders that were wrong",
      el("p", {}, `${count} times this week you said: ${was === "unsaid" ? "that\u2019s wrong" : was.replaceAll("-", " ")}. ${words}`),
      SENSOR[was] ? null : el("p", { class: "more" }, el("a", { href: "/calibrate" }, "Learn my poses anew")),
    );
  }

  #card(title, ...body) {
    return el("section", { class: "card message" }, el("h2", {}, title), ...body);
  }
}
