import { get, post } from "./api.js";
import { byId, el, refill } from "./dom.js";
import { dateInWords } from "./time.js";
import { counted, named, t } from "./words.js";

// These only tell that another decision about the same sitting speaks for it.
const UNSAID = new Set(["superseded", "already-alerted", "ended", "retracted"]);

// Told once each, and no reminders: they count towards no number of these.
const ABOUT_SENSORS = new Set(["data-silence", "device-care"]);

const times = (count) => counted("reminders", count);

/** Sent and held back of a dry run, day by day, the newest first. */
function byDay(items) {
  const days = new Map();
  for (const item of items.filter(({ decision }) => !UNSAID.has(decision))) {
    const date = item.at.slice(0, 10);
    days.set(date, [...(days.get(date) ?? []), item]);
  }
  return [...days].sort(([a], [b]) => b.localeCompare(a));
}

/** Which reminders other settings would have brought, by the policy that decides the real ones. */
export class Trial {
  #base;
  #host = byId("trial");

  constructor(base) {
    this.#base = base;
  }

  /** With signals at night, or as they are switched now. */
  async run(settings, nightFeedback = null) {
    this.#host.replaceChildren(el("p", { class: "quiet" }, t("trial.going")));
    const [present, changed] = await Promise.all([
      get(`${this.#base}/rules/test`),
      post(`${this.#base}/rules/test`, { settings, nightFeedback }),
    ]);
    const days = byDay(changed.items);
    refill(
      this.#host,
      el("p", { class: "outcome", id: "trial-outcome" }, this.#outcome(present.sent, changed.sent)),
      changed.sensorNotices > 0 ? el("p", { id: "trial-notices" }, t("trial.notices", { notices: counted("notices", changed.sensorNotices) })) : null,
      this.#reasons(changed.items),
      el("div", { class: "trial-days" }, ...days.map(([date, items]) => this.#day(date, items))),
      el("p", { class: "quiet" }, t("trial.how")),
    );
  }

  #outcome(present, changed) {
    if (present === 0 && changed === 0) {
      return t("trial.nothing");
    }
    return t(present === changed ? "trial.same" : "trial.other", { reminders: times(changed), n: present });
  }

  #reasons(items) {
    const counts = new Map();
    for (const { decision } of items.filter((item) => item.decision !== "sent" && !UNSAID.has(item.decision))) {
      counts.set(decision, (counts.get(decision) ?? 0) + 1);
    }
    const words = [...counts].map(([reason, count]) => `${named("reason", reason)} ${count}`);
    return words.length === 0 ? null : el("p", {}, t("trial.held", { reasons: words.join(", ") }));
  }

  #day(date, items) {
    const told = items.filter(({ decision }) => decision === "sent");
    const sent = told.filter(({ kind }) => !ABOUT_SENSORS.has(kind)).length;
    const notices = told.length - sent;
    const held = items.length - told.length;
    const day = t(held > 0 ? "trial.dayHeld" : "trial.day", { date: dateInWords(date), reminders: times(sent), n: held });
    return el(
      "details",
      {},
      el("summary", {}, notices > 0 ? t("trial.dayNotices", { day, notices: counted("notices", notices) }) : day),
      el("ul", { class: "rows" }, ...items.map((item) => this.#row(item))),
    );
  }

  #row({ at, kind, step, decision, detail }) {
    const what = t(`trial.${kind}`, { step });
    return el(
      "li",
      {},
      el("span", {}, at.slice(11, 16)),
      el("span", { class: "what" }, decision === "sent" ? what : detail),
      el("span", { class: `tag ${decision === "sent" ? "done" : ""}` }, decision === "sent" ? t("trial.wouldCome") : named("reason", decision)),
    );
  }
}
