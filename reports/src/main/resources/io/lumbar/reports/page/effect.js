import { get, patch } from "./api.js";
import { byId, el, say } from "./dom.js";

const TEN_PERCENT = 10;
const COLLECTING = "Held back at random so far";

/** March 2026 of 2026-03. */
function monthInWords(month) {
  return new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${month}-15T00:00:00Z`));
}

/** 2 min, or 40 s below one. */
export const about = (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);

function inWords({ month, sent, up, medianLatencySeconds, noData }) {
  const half = medianLatencySeconds === undefined ? "" : `, half of the times within ${about(medianLatencySeconds)}`;
  const unknown = noData > 0 ? ` After ${noData} more nobody knows.` : "";
  return `${monthInWords(month)}: after ${up} of ${sent} reminders you got up within 5 minutes${half}.${unknown}`;
}

function lifted({ difference, low, high, withheld }) {
  const points = (value) => String(Math.round(value * 100));
  const more = difference >= 0 ? "more" : "less";
  const range = `${points(low)} to ${points(high)}`;
  return `With a reminder you get up ${points(Math.abs(difference))} times in 100 ${more} often than without (${range}), judged by ${withheld} that were held back.`;
}

/** What reminders change, by month, and the consent that this needs. */
export class Effect {
  #base;
  #host = byId("effect");

  constructor(base) {
    this.#base = base;
  }

  async load() {
    const { withholdPercent, leastWithheld, items } = await get(`${this.#base}/alerts/effect?months=3`);
    const lines = [...items].reverse().filter(({ sent, noData }) => sent + noData > 0).map((month) =>
      el(
        "li",
        {},
        el("p", {}, inWords(month)),
        month.lift ? el("p", {}, lifted(month.lift)) : null,
        !month.lift && month.withheld > 0
          ? el("p", { class: "quiet" }, `${COLLECTING}: ${month.withheld} of the ${leastWithheld} that it takes to tell.`)
          : null,
      ));
    this.#host.replaceChildren(
      el("h3", {}, "What came of them"),
      lines.length > 0
        ? el("ul", { class: "effect" }, ...lines)
        : el("p", { class: "quiet" }, "Nothing to tell yet."),
      this.#consent(withholdPercent),
    );
  }

  #consent(percent) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const set = async (withholdPercent) => {
      try {
        await patch(`${this.#base}/settings`, { alerts: { withholdPercent } });
        await this.load();
      } catch (error) {
        say(trouble, `That did not work: ${error.message}`);
      }
    };
    const words = percent > 0
      ? `You agreed that ${percent} in 100 reminders are held back at random. You can end this at any time.`
      : "People get up without reminders too. If you agree, 1 in 10 is held back at random, so that this page can say what reminders really change for you.";
    return el(
      "details",
      {},
      el("summary", {}, "Do reminders change anything?"),
      el("p", {}, words),
      percent > 0
        ? el("button", { type: "button", onclick: () => set(0) }, "End it")
        : el("button", { type: "button", id: "agree", onclick: () => set(TEN_PERCENT) }, "I agree"),
      trouble,
    );
  }
}
