import { get } from "./api.js";
import { el, refill } from "./dom.js";
import { locale, t } from "./words.js";

const MOST_ROWS = 20;

/** One for each alert or test and channel: what came of it in the end. */
function outcomes(lines) {
  const newest = new Map();
  for (const line of lines) {
    const key = `${line.alert} ${line.channel ?? ""}`;
    newest.delete(key);
    newest.set(key, line);
  }
  return [...newest.values()].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

/** Sun 14:05, by the clocks of the wearer, which the server's times have. */
function when(at) {
  const day = new Intl.DateTimeFormat(locale(), { weekday: "short", timeZone: "UTC" }).format(Date.parse(`${at.slice(0, 10)}T12:00:00Z`));
  return `${day} ${at.slice(11, 16)}`;
}

const failed = ({ outcome }) => outcome === "failed";

/** What came of one delivery, in words. */
function words({ outcome, detail, attempt }) {
  const tries = attempt > 1 ? t("deliveries.tries", { n: attempt }) : "";
  const result = t(`deliveries.${outcome}`, { why: detail ?? t("deliveries.unknown") });
  return tries ? `${result} (${tries})` : result;
}

/** The last day's deliveries of each channel, so that one that is dead is seen though another took what it could not. */
export class Deliveries {
  #base;
  #hosts = new Map();
  #missed = el("p", { class: "trouble" });

  constructor(base) {
    this.#base = base;
  }

  /** Where the deliveries of a channel stand. */
  of(channel) {
    const host = el("div", { class: "deliveries" });
    this.#hosts.set(channel, host);
    return host;
  }

  /** Where it stands what reached no channel at all. */
  missed() {
    return this.#missed;
  }

  /** Forgets the channels of before; they are shown anew. */
  clear() {
    this.#hosts.clear();
  }

  async load() {
    const { items } = await get(`${this.#base}/deliveries`);
    const all = outcomes(items);
    const missed = all.filter(({ outcome }) => outcome === "missed");
    this.#missed.textContent = missed.length > 0 ? t("deliveries.nowhere", { n: missed.length, time: when(missed[0].at) }) : "";
    for (const [channel, host] of this.#hosts) {
      this.#fill(host, all.filter((line) => line.channel === channel));
    }
  }

  #fill(host, lines) {
    if (lines.length === 0) {
      refill(host, el("p", { class: "quiet" }, t("deliveries.none")));
      return;
    }
    const arrived = lines.filter(({ outcome }) => outcome === "delivered").length;
    const lost = lines.filter(failed);
    const summary = lost.length > 0
      ? t("deliveries.lost", { n: arrived, m: lost.length, time: when(lost[0].at) })
      : t("deliveries.arrived", { n: arrived });
    refill(
      host,
      // What works again by now is no trouble any more.
      el("p", { class: failed(lines[0]) ? "trouble" : "quiet" }, summary),
      el(
        "details",
        {},
        el("summary", {}, t("deliveries.each")),
        el("ul", { class: "rows" }, ...lines.slice(0, MOST_ROWS).map((line) =>
          el(
            "li",
            {},
            el("span", { class: "when" }, when(line.at)),
            el("span", { class: "what" }, `${t(line.test ? "deliveries.test" : "deliveries.alert")}: ${words(line)}`),
          ))),
      ),
    );
  }
}
