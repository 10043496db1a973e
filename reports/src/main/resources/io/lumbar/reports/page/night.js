import { get, post, remove } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords } from "./time.js";
import { counted, t } from "./words.js";

const about = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);

/** Feedback about an arched back at night: off unless it is wanted. */
export class Night {
  #path;
  #trial;
  #host = byId("night");

  constructor(base, trial) {
    this.#path = `${base}/night-feedback`;
    this.#trial = trial;
  }

  async show() {
    this.#fill(await get(this.#path));
  }

  #fill({ from, baseline, since }) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const change = (send) => async () => {
      try {
        this.#fill(await send(this.#path, {}));
      } catch (error) {
        say(trouble, error.message);
      }
    };
    const button = (words, send, id) => el("div", { class: "actions" }, el("button", { type: "button", id, onclick: change(send) }, words));
    const lead = t("night.lead");
    this.#host.replaceChildren(...(from
      ? [
        el("p", {}, `${lead} ${t("night.on", { date: dateInWords(from.slice(0, 10)) })}`),
        this.#left(baseline, since),
        button(t("night.switchOff"), remove, "night-off"),
      ]
      : [
        el("p", {}, `${lead} ${t("night.off")}`),
        button(t("night.switchOn"), post, "night-on"),
      ]), this.#trying(trouble), trouble);
  }

  #trying(trouble) {
    const run = async () => {
      try {
        say(trouble, "");
        byId("trial").scrollIntoView({ block: "nearest" });
        await this.#trial.run({}, true);
      } catch (error) {
        say(trouble, error.message);
      }
    };
    return el("div", { class: "actions" }, el("button", { type: "button", class: "plain", id: "try-night", onclick: run }, t("night.try")));
  }

  #left(baseline, since) {
    const line = (key, { times, medianSeconds }) =>
      (times > 0 ? counted(key, times, { time: about(medianSeconds) }) : null);
    const lines = [line("night.firstWeek", baseline), line("night.sinceThen", since)].filter(Boolean);
    return lines.length > 0
      ? el("p", {}, lines.join(" "))
      : el("p", { class: "quiet" }, t("night.compared"));
  }
}
