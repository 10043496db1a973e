import { get, patch } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords } from "./time.js";
import { locale, t } from "./words.js";

const TEN_PERCENT = 10;

/** March 2026 of 2026-03. */
function monthInWords(month) {
  return new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" })
    .format(new Date(`${month}-15T00:00:00Z`));
}

/** 2 min, or 40 s below one. */
export const about = (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);

function inWords({ month, sent, up, medianLatencySeconds, medianSteps, noData }) {
  return [
    t("effect.month", { month: monthInWords(month), up, sent }),
    medianLatencySeconds === undefined ? null : t("effect.latency", { time: about(medianLatencySeconds) }),
    medianSteps === undefined ? null : t("effect.steps", { n: medianSteps }),
    noData > 0 ? t("effect.unknown", { n: noData }) : null,
  ].filter(Boolean).join(" ");
}

function lifted({ difference, low, high, withheld, medianSteps, withheldMedianSteps }) {
  const points = (value) => String(Math.round(value * 100));
  const gaps = { points: points(Math.abs(difference)), low: points(low), high: points(high), withheld };
  const steps = medianSteps === undefined || withheldMedianSteps === undefined
    ? null
    : t("effect.moreSteps", { after: medianSteps, without: withheldMedianSteps });
  return [t(difference >= 0 ? "effect.more" : "effect.less", gaps), steps].filter(Boolean).join(" ");
}

/** All months together in which something was held back. */
function inAll({ since, withheld, lift }, least) {
  return lift
    ? el("p", { id: "lift" }, `${t("effect.since", { date: dateInWords(since) })} ${lifted(lift)}`)
    : el("p", { class: "quiet", id: "lift" }, t("effect.collecting", { n: withheld, least }));
}

/** What reminders change, in all and by month, and the consent that this needs. */
export class Effect {
  #base;
  #host = byId("effect");

  constructor(base) {
    this.#base = base;
  }

  async load() {
    const { withholdPercent, leastWithheld, total, items } = await get(`${this.#base}/alerts/effect?months=3`);
    const lines = [...items].reverse().filter(({ sent, noData }) => sent + noData > 0).map((month) =>
      el(
        "li",
        {},
        el("p", {}, inWords(month)),
        month.lift ? el("p", {}, lifted(month.lift)) : null,
      ));
    this.#host.replaceChildren(
      el("h3", {}, t("effect.title")),
      ...(total ? [inAll(total, leastWithheld)] : []),
      lines.length > 0
        ? el("ul", { class: "effect" }, ...lines)
        : el("p", { class: "quiet" }, t("effect.nothing")),
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
        say(trouble, t("failed", { why: error.message }));
      }
    };
    const words = percent > 0
      ? t("effect.agreed", { n: percent })
      : t("effect.offer");
    return el(
      "details",
      {},
      el("summary", {}, t("effect.question")),
      el("p", {}, words),
      percent > 0
        ? el("button", { type: "button", onclick: () => set(0) }, t("effect.end"))
        : el("button", { type: "button", id: "agree", onclick: () => set(TEN_PERCENT) }, t("effect.agree")),
      trouble,
    );
  }
}
