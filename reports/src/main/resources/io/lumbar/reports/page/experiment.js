import { get } from "./api.js";
import { byId, el, refill } from "./dom.js";
import { tell, telling } from "./keep.js";
import { dateInWords, shiftDate } from "./time.js";
import { t } from "./words.js";

const CHANGES = ["pillow", "evening-stretch", "alerts", "mattress", "side-sleeping"];
const DAYS = 28;
const BLOCK = 3;
const ENOUGH = 7;
const DAY = 86400000;
const LOOKS = 20;
const LOOK_EVERY = 500;

const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
const wait = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
const name = (change) => t(`experiment.${change}`);

/** What the wearer tries for four weeks: what to do today, and what came of it. */
export class Experiment {
  #wearer;
  #path;
  #today;
  #host = byId("experiment");

  constructor(wearer, base, today) {
    this.#wearer = wearer;
    this.#path = `${base}/experiments`;
    this.#today = today;
  }

  async load() {
    this.#fill((await get(this.#path)).items);
  }

  #fill(items) {
    const isOver = ({ lastDay }) => lastDay < this.#today;
    const present = items.find((one) => !isOver(one));
    refill(this.#host,
      ...(present ? this.#present(present) : [this.#beginning()]),
      ...this.#results(items.filter(isOver)));
  }

  /** The history knows a statement a moment after it was told. */
  async #until(isThere) {
    let { items } = await get(this.#path);
    for (let looks = 0; looks < LOOKS && !isThere(items); looks++) {
      await wait(LOOK_EVERY);
      ({ items } = await get(this.#path));
    }
    this.#fill(items);
    this.#host.querySelector("[tabindex]")?.focus();
  }

  #present(one) {
    const { change, from, lastDay, morningsWith, morningsWithout } = one;
    const title = el("h3", { tabindex: "-1" }, name(change));
    const ending = el("div", {});
    this.#offerEnd(one, ending);
    if (from > this.#today) {
      return [title, el("p", {}, t("experiment.begins", { from: dateInWords(from), to: dateInWords(lastDay) })), ending];
    }
    const day = daysBetween(from, this.#today);
    const left = BLOCK - 1 - (day % BLOCK);
    const until = [shiftDate(this.#today, left), lastDay].sort()[0];
    return [
      title,
      el("p", { class: "quiet" }, t("experiment.day", { n: day + 1, of: DAYS, to: dateInWords(lastDay) })),
      el("p", { class: "outcome", id: "experiment-today" }, t(`experiment.${one.todayWith ? "with" : "without"}.${change}`)),
      el("p", {}, until === this.#today ? t("experiment.lastOfBlock") : t("experiment.until", { date: dateInWords(until) })),
      el("p", { class: "quiet" }, t("experiment.mornings", { with: morningsWith, without: morningsWithout, least: ENOUGH })),
      ending,
    ];
  }

  #offerEnd(one, host) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const button = (words, onclick, more = {}) => el("button", { type: "button", class: "plain", onclick, ...more }, words);
    const end = () => telling(host, trouble, async () => {
      await tell(this.#wearer, "experiments", { id: one.id, change: one.change, from: one.from, revoked: true });
      await this.#until((items) => items.every(({ id }) => id !== one.id));
    });
    const ask = () => {
      refill(host,
        el("div", { class: "answers" },
          el("p", { class: "ask", id: "experiment-ask" }, t("experiment.endAsk")),
          button(t("experiment.endYes"), end, { id: "experiment-end-yes", class: "", "aria-describedby": "experiment-ask" }),
          button(t("back"), () => this.#offerEnd(one, host), { id: "experiment-end-no" })),
        trouble);
      byId("experiment-end-no").focus();
    };
    refill(host, el("div", { class: "answers" }, button(t("experiment.end"), ask, { id: "experiment-end" })), trouble);
  }

  #beginning() {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const form = el("form", {},
      el("p", {}, t("experiment.lead")),
      el("fieldset", { class: "choices" },
        el("legend", {}, t("experiment.which")),
        ...CHANGES.map((change) =>
          el("label", { class: "check" }, el("input", { type: "radio", name: "change", value: change, required: true }), el("span", {}, name(change))))),
      el("label", { class: "field" }, el("span", {}, t("experiment.from")),
        el("input", { type: "date", name: "from", required: true, min: this.#today, value: shiftDate(this.#today, 1) })),
      el("p", { class: "quiet" }, t("experiment.how")),
      el("div", { class: "answers" }, el("button", { type: "submit", class: "primary", id: "experiment-begin" }, t("experiment.begin"))),
      trouble);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      telling(form, trouble, async () => {
        const kept = await tell(this.#wearer, "experiments", { change: given.get("change"), from: given.get("from") });
        await this.#until((items) => items.some(({ id }) => id === kept.id));
      });
    });
    return form;
  }

  #results(over) {
    if (over.length === 0) {
      return [];
    }
    const rows = [...over].reverse().map((one) =>
      el("li", {}, el("span", { class: "what" }, el("span", { class: "quiet" }, `${dateInWords(one.lastDay)} \u00b7 `), this.#result(one))));
    return [el("h3", { class: "results" }, t("experiment.results")), el("ul", { class: "rows" }, ...rows), el("p", { class: "quiet" }, t("experiment.resultsHow"))];
  }

  #result({ change, verdict, difference, morningsWith, morningsWithout }) {
    const gaps = { change: name(change), with: morningsWith, without: morningsWithout, least: ENOUGH };
    if (difference) {
      const [low, high] = [difference.low, difference.high].map((value) => value.toFixed(1));
      Object.assign(gaps, { by: Math.abs(difference.estimate).toFixed(1), low, high });
    }
    const few = Math.min(morningsWith, morningsWithout) < ENOUGH;
    return t(`experiment.result.${verdict === "cannot-tell" && few ? "too-few" : verdict}`, gaps);
  }
}
