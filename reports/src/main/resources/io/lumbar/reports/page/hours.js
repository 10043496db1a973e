import { el } from "./dom.js";
import { t } from "./words.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** 22:00 of 22:00:00 */
export const hhmm = (time) => (time ? time.slice(0, 5) : "");

/** Spans of hours on some days of the week, to change. */
export class Hours {
  #host;
  #usual;
  #spans = [];

  /** @param usual what a new span begins with */
  constructor(host, usual) {
    this.#host = host;
    this.#usual = usual;
  }

  set(spans) {
    this.#spans = spans.map(({ days, from, to }) => ({ days: new Set(days ?? []), from: hhmm(from), to: hhmm(to) }));
    this.#show();
  }

  /** As the settings write them; no days mean every day. */
  get() {
    return this.#spans.map(({ days, from, to }) => ({
      days: days.size === DAYS.length ? [] : DAYS.filter((id) => days.has(id)), from, to,
    }));
  }

  #show() {
    const add = el("button", { type: "button", class: "plain", onclick: () => {
      this.#spans.push({ ...this.#usual, days: new Set(this.#usual.days) });
      this.#show();
      [...this.#host.querySelectorAll("input")].at(-2).focus();
    } }, t("hours.add"));
    this.#host.replaceChildren(
      el("ul", { class: "hours" }, ...this.#spans.map((span) => this.#row(span))),
      add);
  }

  #row(span) {
    const everyDay = span.days.size === 0;
    const day = (id) => {
      const button = el("button", { type: "button", "aria-pressed": String(everyDay || span.days.has(id)) }, t(`hours.${id}`));
      button.addEventListener("click", () => {
        const days = everyDay ? new Set(DAYS) : span.days;
        if (!days.delete(id)) {
          days.add(id);
        }
        span.days = days.size === 0 ? new Set([id]) : days;
        this.#show();
      });
      return button;
    };
    const time = (field, words) => {
      const input = el("input", { type: "time", value: span[field], required: true });
      input.addEventListener("change", () => { span[field] = input.value; });
      return el("label", {}, `${words} `, input);
    };
    const remove = () => {
      this.#spans = this.#spans.filter((other) => other !== span);
      this.#show();
    };
    return el(
      "li",
      {},
      el("div", { class: "days", role: "group", "aria-label": t("hours.days") }, ...DAYS.map(day)),
      el(
        "div",
        { class: "actions" },
        time("from", t("settings.from")),
        time("to", t("settings.to")),
        el("button", { type: "button", class: "plain", onclick: remove }, t("hours.remove")),
      ),
    );
  }
}
