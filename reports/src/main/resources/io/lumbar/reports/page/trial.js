import { get, post } from "./api.js";
import { byId, el, refill } from "./dom.js";
import { dateInWords } from "./time.js";

// These only tell that another decision about the same sitting speaks for it.
const UNSAID = new Set(["superseded", "already-alerted", "ended", "retracted"]);
const WHAT = { "long-sitting": "min of sitting", inactive: "min without steps", "data-silence": "min without data" };

const times = (count) => (count === 1 ? "1 reminder" : `${count} reminders`);

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

  async run(settings) {
    this.#host.replaceChildren(el("p", { class: "quiet" }, "Going through the last 14 days\u2026"));
    const [present, changed] = await Promise.all([
      get(`${this.#base}/rules/test`),
      post(`${this.#base}/rules/test`, { settings }),
    ]);
    const days = byDay(changed.items);
    refill(
      this.#host,
      el("p", { class: "outcome", id: "trial-outcome" }, this.#outcome(present.sent, changed.sent)),
      this.#reasons(changed.items),
      el("div", { class: "trial-days" }, ...days.map(([date, items]) => this.#day(date, items))),
      el("p", { class: "quiet" }, "Taken from what is stored, as if all of it had come in time. Answers, pauses and meetings are left out."),
    );
  }

  #outcome(present, changed) {
    if (present === 0 && changed === 0) {
      return "In 14 days no reminder would have come, neither with these settings nor with those saved.";
    }
    return present === changed
      ? `With these settings ${times(changed)} in 14 days, as many as with those saved.`
      : `With these settings ${times(changed)} in 14 days; with those saved ${present}.`;
  }

  #reasons(items) {
    const counts = new Map();
    for (const { decision } of items.filter((item) => item.decision !== "sent" && !UNSAID.has(item.decision))) {
      counts.set(decision, (counts.get(decision) ?? 0) + 1);
    }
    const words = [...counts].map(([reason, count]) => `${reason.replaceAll("-", " ")} ${count}`);
    return words.length === 0 ? null : el("p", {}, `Held back: ${words.join(", ")}.`);
  }

  #day(date, items) {
    const sent = items.filter(({ decision }) => decision === "sent").length;
    const held = items.length - sent;
    const more = held > 0 ? `, ${held} held back` : "";
    return el(
      "details",
      {},
      el("summary", {}, `${dateInWords(date)}: ${times(sent)}${more}`),
      el("ul", { class: "rows" }, ...items.map((item) => this.#row(item))),
    );
  }

  #row({ at, kind, step, decision, detail }) {
    // Only these steps are minutes.
    const what = WHAT[kind] ? `${step} ${WHAT[kind]}` : kind.replaceAll("-", " ");
    return el(
      "li",
      {},
      el("span", {}, at.slice(11, 16)),
      el("span", { class: "what" }, decision === "sent" ? what : detail),
      el("span", { class: `tag ${decision === "sent" ? "done" : ""}` }, decision === "sent" ? "would come" : decision.replaceAll("-", " ")),
    );
  }
}
