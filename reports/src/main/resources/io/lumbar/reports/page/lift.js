import { byId, el, refill, say } from "./dom.js";
import { note, toldList } from "./checkin.js";
import { freshId, takeBack, tell, telling } from "./keep.js";
import { millis } from "./time.js";
import { locale, t } from "./words.js";

const lifts = ({ kind, liftedKg, heavierThanUsual }) =>
  kind === "check-in" && (liftedKg !== undefined || heavierThanUsual === true);

const inWords = ({ liftedKg, repetitions, heavierThanUsual }) =>
  [
    liftedKg === undefined ? null : t("lift.is", { kg: new Intl.NumberFormat(locale()).format(liftedKg), n: repetitions }),
    heavierThanUsual ? t("lift.heavierIs") : null,
  ].filter(Boolean).join(", ");

/** What the wearer lifted, which no sensor knows. */
export class Lift {
  #wearer;
  #time;
  #host = byId("lift");
  #formHost = el("div", {});
  #listHost = el("div", {});
  #told = [];

  constructor(wearer, time) {
    this.#wearer = wearer;
    this.#time = time;
  }

  show(statements) {
    this.#told = statements.filter(lifts);
    refill(this.#host, this.#formHost, el("p", { role: "status", id: "lift-noted", class: "quiet", tabindex: "-1" }), this.#listHost);
    refill(this.#formHost, this.#form());
    this.#list();
  }

  #form() {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const id = freshId();
    const number = (name, more) => el("input", { type: "number", name, ...more });
    const form = el("form", { class: "lift-form" },
      el("label", { class: "field" }, el("span", {}, t("lift.weight")), el("span", { class: "with-unit" }, number("liftedKg", { min: 0.1, max: 1000, step: "any", inputmode: "decimal" }), " kg")),
      el("label", { class: "field" }, el("span", {}, t("lift.times")), number("repetitions", { min: 1, max: 10000, step: 1, inputmode: "numeric", placeholder: "1" })),
      el("label", { class: "check" }, el("input", { type: "checkbox", name: "heavier" }), el("span", {}, t("lift.heavier"))),
      el("div", { class: "answers" }, el("button", { type: "submit", class: "primary" }, t("lift.tell"))),
      trouble);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      const [liftedKg, repetitions] = ["liftedKg", "repetitions"].map((name) => (given.get(name) ? Number(given.get(name)) : undefined));
      const heavierThanUsual = given.has("heavier") || undefined;
      if (liftedKg === undefined && (!heavierThanUsual || repetitions !== undefined)) {
        say(trouble, t(repetitions === undefined ? "lift.nothing" : "lift.noWeight"));
        return;
      }
      telling(form, trouble, async () => {
        const kept = await tell(this.#wearer, "checkins", { id, liftedKg, repetitions, heavierThanUsual });
        this.#told.push({ kind: "check-in", ...kept });
        refill(this.#formHost, this.#form());
        this.#list();
        note("lift-noted", t("checkin.noted", { what: inWords(kept) }));
      });
    });
    return form;
  }

  /** Beside the form, which keeps what is being entered when something else is taken back. */
  #list() {
    refill(this.#listHost, toldList(this.#told.map((one) => ({
      time: this.#time.hhmm(millis(one.at)), words: inWords(one),
      back: async () => {
        await takeBack(this.#wearer, "checkins", one);
        this.#told = this.#told.filter(({ id }) => id !== one.id);
        this.#list();
        note("lift-noted", t("tell.takenBack"));
      },
    }))));
  }
}
