import { get, post, remove } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords } from "./time.js";
import { t } from "./words.js";

const MEETING = 60;

/** Quiet for a while: a meeting, or the rest of the day. */
export class Pause {
  #path;
  #today;
  #host = byId("pause");
  #shown;
  #changes = 0;
  #changed;

  /**
   * @param today the wearer's date, as 2026-03-02
   * @param changed told after each change
   */
  constructor(base, today, changed) {
    this.#path = `${base}/pause`;
    this.#today = today;
    this.#changed = changed;
  }

  /** As the server has it; buttons that are pressed or stay as they are keep their place. */
  async show() {
    const before = this.#changes;
    const { pausedUntil } = await get(this.#path);
    if (before === this.#changes && pausedUntil !== this.#shown) {
      this.#fill({ pausedUntil });
    }
  }

  #fill({ pausedUntil }) {
    this.#shown = pausedUntil;
    const trouble = el("p", { class: "trouble", role: "alert" });
    const change = (send, body) => async () => {
      this.#changes++;
      try {
        this.#fill(await send(this.#path, body));
        this.#host.querySelector("button")?.focus();
        this.#changed();
      } catch (error) {
        say(trouble, t("failed", { why: error.message }));
      }
    };
    const button = (words, onclick, id) => el("button", { type: "button", class: "plain", onclick, id }, words);
    this.#host.replaceChildren(...(pausedUntil
      ? [
        el("p", { role: "status" }, t("pause.until", { time: this.#when(pausedUntil) })),
        button(t("pause.end"), change(remove, {}), "resume"),
      ]
      : [
        button(t("pause.meeting"), change(post, { minutes: MEETING }), "meeting"),
        button(t("pause.tomorrow"), change(post, { until: "tomorrow" }), "until-tomorrow"),
      ]), trouble);
  }

  #when(until) {
    const date = until.slice(0, 10);
    return date === this.#today() ? until.slice(11, 16) : `${dateInWords(date)}, ${until.slice(11, 16)}`;
  }
}
