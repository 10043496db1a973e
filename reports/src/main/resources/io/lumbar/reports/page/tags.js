import { byId, el, refill } from "./dom.js";
import { fieldsOf, tell, telling } from "./keep.js";
import { t } from "./words.js";

const TAGS = ["ill", "holiday", "night-shift", "flare-up"];

/** What was special about the shown day, to be set and taken away. */
export class Tags {
  #wearer;
  #host = byId("tags");
  #date = null;
  #shown = null;
  /** By date and tag what was just told, until the day says the same. */
  #said = new Map();

  constructor(wearer) {
    this.#wearer = wearer;
  }

  /**
   * Shows a day's tags.
   *
   * @param ofDay as the day's sums have them, a moment late
   * @param statements what was told about the day, as far back as that is listed
   */
  show(date, ofDay, statements) {
    const told = statements.filter(({ kind, date: of }) => kind === "day-tag" && of === date);
    const known = new Set([...ofDay, ...told.map(({ tag }) => tag)]);
    for (const tag of TAGS) {
      const key = `${date} ${tag}`;
      if (this.#said.has(key)) {
        const set = this.#said.get(key);
        if (ofDay.includes(tag) === set && told.some((one) => one.tag === tag) === set) {
          this.#said.delete(key);
        } else if (set) {
          known.add(tag);
        } else {
          known.delete(tag);
        }
      }
    }
    const state = JSON.stringify([date, [...known].sort(), told.map(({ id }) => id).sort()]);
    if (state !== this.#shown) {
      this.#shown = state;
      this.#fill(date, known, told);
    }
  }

  #fill(date, known, told) {
    const open = this.#date === date && this.#host.querySelector("details")?.open;
    const focused = document.activeElement?.dataset?.tag;
    this.#date = date;
    const trouble = el("p", { class: "trouble", role: "alert" });
    const group = el("div", { class: "answers", role: "group", "aria-label": t("tags.title") });
    const toggle = (tag) => {
      const set = known.has(tag);
      return el("button", { type: "button", "data-tag": tag, "aria-pressed": String(set), onclick: () =>
        telling(group, trouble, async () => {
          const ids = told.filter((one) => one.tag === tag);
          if (!set) {
            await tell(this.#wearer, "day-tags", { date, tag });
          } else if (ids.length === 0) {
            await tell(this.#wearer, "day-tags", { date, tag, remove: true });
          } else {
            await Promise.all(ids.map((one) => tell(this.#wearer, "day-tags", { ...fieldsOf(one), remove: true })));
          }
          this.#said.set(`${date} ${tag}`, !set);
          if (this.#date !== date) {
            // Another day is shown by now.
            return;
          }
          const now = new Set(known);
          now[set ? "delete" : "add"](tag);
          this.#fill(date, now, set ? told.filter((one) => one.tag !== tag) : told);
        }) }, t(`tag.${tag}`));
    };
    group.append(...TAGS.map(toggle));
    const names = TAGS.filter((tag) => known.has(tag)).map((tag) => t(`tag.${tag}`));
    refill(this.#host,
      el("details", { class: "fold", open: open ?? false },
        el("summary", {}, names.length > 0 ? t("tags.are", { tags: names.join(", ") }) : t("tags.title")),
        el("p", { class: "quiet" }, t("tags.text")),
        group,
        trouble));
    if (focused) {
      this.#host.querySelector(`[data-tag="${focused}"]`)?.focus();
    }
  }
}
