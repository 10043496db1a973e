import { get, post, remove } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords } from "./time.js";

const about = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);

/** Feedback about an arched back at night: off unless it is wanted. */
export class Night {
  #path;
  #host = byId("night");

  constructor(base) {
    this.#path = `${base}/night-feedback`;
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
    const lead = "Nobody is woken: how you lay is told in the morning, with stretches that fit.";
    this.#host.replaceChildren(...(from
      ? [
        el("p", {}, `${lead} From ${dateInWords(from.slice(0, 10))} on, ways that you choose above under \u201cWhat it gets\u201d are also told while your back is arched, after 10, 15 and 20 minutes, each time one level higher. Lumbar makes no sound or vibration then; a lamp or a watch in your home does what you tell it.`),
        this.#left(baseline, since),
        button("Switch it off", remove, "night-off"),
      ]
      : [
        el("p", {}, `${lead} If you want, a lamp or a watch at home can say quietly that your back is arched. The first week after you switch it on only measures.`),
        button("Switch it on", post, "night-on"),
      ]), trouble);
  }

  #left(baseline, since) {
    const words = ({ times, medianSeconds }) => `${times} ${times === 1 ? "time" : "times"}, half of them left within ${about(medianSeconds)}`;
    const lines = [
      baseline.times > 0 ? `In the first week: ${words(baseline)} after the tenth minute.` : null,
      since.times > 0 ? `Since then: ${words(since)}.` : null,
    ].filter(Boolean);
    return lines.length > 0
      ? el("p", {}, lines.join(" "))
      : el("p", { class: "quiet" }, "How soon you leave the position is written down and compared here. It takes a sensor on the trunk at night.");
  }
}
