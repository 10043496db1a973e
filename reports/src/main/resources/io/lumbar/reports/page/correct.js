import { post } from "./api.js";
import { byId, el, refill, say } from "./dom.js";
import { takeBack, tell, telling } from "./keep.js";
import { millis } from "./time.js";
import { named, t } from "./words.js";

/** What a sitting can have been, in the order in which it is asked. */
export const WAS = ["standing", "walking", "driving", "lying", "phone-on-desk", "not-worn", "not-me"];
const ANYTHING = ["sitting", ...WAS];

const iso = (at) => new Date(at).toISOString();

/** What really was over some time of the shown day. */
export class Correct {
  #wearer;
  #base;
  #reload;
  #form = byId("correct");
  #list = byId("corrected");
  #day = null;
  #piece = null;
  #listed = null;
  #gone = new Set();
  /** Stands for the form that is open; a late answer to another one leaves it alone. */
  #opened = null;
  #said = [];

  /** @param reload has the day shown anew */
  constructor(wearer, base, reload) {
    this.#wearer = wearer;
    this.#base = base;
    this.#reload = reload;
  }

  /**
   * Shows what was said about a day. A form that is open stays, with what was typed: it is about the
   * day that the page leads to.
   *
   * @param day `date`, its `from` and `to` in milliseconds, the `time` of its zone, and `now`
   */
  show(day, statements) {
    const other = this.#day?.date !== day.date;
    this.#day = day;
    if (other) {
      this.#piece = null;
      if (this.#opened === null) {
        this.#offer();
      } else {
        this.#unpick();
      }
    }
    this.#said = statements.filter(({ kind }) => kind === "correction");
    this.#fillList();
  }

  /** The date that an open form is about, else null: at midnight it does not become another one. */
  heldDate() {
    return this.#opened === null ? null : (this.#day?.date ?? null);
  }

  /** The wearer goes to another day. */
  leave() {
    if (this.#day !== null) {
      this.#piece = null;
      this.#offer();
    }
  }

  /** Times that a piece of another day's picture left; what was typed stays. */
  #unpick() {
    for (const input of this.#form.querySelectorAll("input[type=time]")) {
      if (input.dataset.exact && JSON.parse(input.dataset.exact)[0] === input.value) {
        input.value = "";
      }
      delete input.dataset.exact;
    }
  }

  /** A piece of the picture that was chosen: `start` and `end` in milliseconds. */
  pick(piece) {
    this.#piece = piece;
    const times = this.#form.querySelectorAll("input[type=time]");
    if (times.length === 2 && piece) {
      [piece.start, piece.end].forEach((at, i) => this.#put(times[i], at));
    }
  }

  #put(input, at) {
    input.value = this.#day.time.hhmm(at);
    input.dataset.exact = JSON.stringify([input.value, at]);
  }

  /** In milliseconds; seconds and all where the piece's own end was left as it was. */
  #read(input, isEnd) {
    if (!input.value) {
      return null;
    }
    const [text, exact] = JSON.parse(input.dataset.exact ?? "[]");
    if (text === input.value) {
      return exact;
    }
    const { date, time, to } = this.#day;
    return isEnd && input.value === "00:00" ? to : time.instant(date, input.value);
  }

  #offer() {
    this.#opened = null;
    refill(this.#form, el("div", { class: "answers" },
      el("button", { type: "button", class: "plain", id: "correct-open", onclick: () => this.#open() }, t("correct.open"))));
  }

  #open() {
    const mine = {};
    this.#opened = mine;
    const trouble = el("p", { class: "trouble", role: "alert" });
    const answers = el("div", { class: "answers" });
    const inputs = ["from", "to"].map((name) => el("input", { type: "time", name, required: true }));
    const times = el("div", { class: "actions" },
      ...inputs.map((input) => el("label", {}, t(`settings.${input.name}`), " ", input)));
    const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);
    /** The span that was chosen, or null after saying what is wrong with it. */
    const span = () => {
      const [from, to] = inputs.map((input, i) => this.#read(input, i === 1));
      if (from === null || to === null || from >= to) {
        say(trouble, t(from === null || to === null ? "correct.noTimes" : "correct.order"));
        inputs[from === null ? 0 : 1].focus();
        return null;
      }
      if (from >= this.#day.now) {
        say(trouble, t("correct.future"));
        return null;
      }
      return { from, to: Math.min(to, this.#day.now) };
    };
    const correct = (was) => {
      const chosen = span();
      if (chosen) {
        telling(answers, trouble, async () => {
          await tell(this.#wearer, "corrections", { from: iso(chosen.from), to: iso(chosen.to), was });
          this.#done(mine, t("correct.noted"));
        });
      }
    };
    const forget = () => {
      const chosen = span();
      if (chosen) {
        this.#askForget(chosen, mine, answers, trouble, choices);
      }
    };
    const choices = () => {
      refill(answers,
        el("p", { class: "ask" }, t("correct.was")),
        ...ANYTHING.map((was) => button(t(`was.${was}`), () => correct(was), { "data-was": was })),
        button(t("correct.forget"), forget, { class: "plain", id: "correct-forget" }),
        button(t("back"), () => this.#close(""), { class: "plain", id: "correct-back" }));
    };
    choices();
    refill(this.#form,
      el("div", { class: "correct", role: "group", "aria-labelledby": "correct-title" },
        el("h3", { id: "correct-title" }, t("correct.title")),
        el("p", { class: "quiet" }, t("correct.lead")),
        times, answers, trouble));
    this.pick(this.#piece);
    inputs[0].focus({ preventScroll: true });
  }

  /** What is forgotten cannot come back, so what it does is said first. */
  #askForget({ from, to }, mine, answers, trouble, back) {
    const { time } = this.#day;
    const agreed = () => telling(answers, trouble, async () => {
      await post(`${this.#base}/erasures`, { from: iso(from), to: iso(to) });
      this.#done(mine, t("correct.forgotten"));
    });
    say(trouble, "");
    refill(answers,
      el("p", { class: "ask", id: "correct-ask" }, t("correct.forgetAsk", { from: time.hhmm(from), to: time.hhmm(to) })),
      el("p", { class: "ask-more" }, t("correct.forgetWarning")),
      el("button", { type: "button", id: "correct-forget-yes", "aria-describedby": "correct-ask", onclick: agreed }, t("correct.forgetYes")),
      el("button", { type: "button", class: "plain", id: "correct-forget-no", onclick: back }, t("back")));
    byId("correct-forget-no").focus();
  }

  /** The answer to a form; by now another one, or none, may be open. */
  #done(form, noted) {
    if (this.#opened === form) {
      this.#close(noted);
    } else {
      this.#reload();
    }
  }

  #close(noted) {
    this.#piece = null;
    this.#offer();
    this.#form.append(el("p", { class: "quiet", role: "status" }, noted));
    byId("correct-open").focus({ preventScroll: true });
    if (noted) {
      this.#reload();
    }
  }

  #fillList() {
    const corrections = this.#said.filter(({ id }) => !this.#gone.has(id));
    const state = JSON.stringify([this.#day.date, corrections]);
    if (state === this.#listed) {
      return;
    }
    this.#listed = state;
    if (corrections.length === 0) {
      this.#list.replaceChildren();
      return;
    }
    const trouble = el("p", { class: "trouble", role: "alert" });
    const rows = corrections.map((one) => {
      const when = `${this.#day.time.hhmm(millis(one.from))} \u2013 ${this.#day.time.hhmm(millis(one.to))}`;
      const row = el("li", {},
        el("span", { class: "when" }, when),
        el("span", { class: "what" }, named("was", one.was)),
        el("button", { type: "button", class: "plain", "aria-label": t("tell.takeBackLabel", { what: `${when}, ${named("was", one.was)}` }), onclick: () =>
          telling(row, trouble, async () => {
            await takeBack(this.#wearer, "corrections", one);
            this.#gone.add(one.id);
            this.#fillList();
            this.#reload();
          }) }, t("tell.takeBack")));
      return row;
    });
    refill(this.#list, el("h3", {}, t("correct.said")), el("ul", { class: "rows" }, ...rows), trouble);
  }
}
