import { get } from "./api.js";
import { byId, el, refill, say } from "./dom.js";
import { healthCard } from "./health.js";
import { fieldsOf, freshId, takeBack, tell, telling } from "./keep.js";
import { millis } from "./time.js";
import { t } from "./words.js";

const WORST = 10;
const PUT_OFF = "lumbar.checkin.later";
const STRONG = "pain";
const HALF_DAY = 12 * 3600000;
// As in the reports: before four the evening goes on.
const MORNING = "04:00";
const AFTER_WAKING = 5 * 60;
const DAY_MINUTES = 24 * 60;

const feels = ({ kind, pain, stiffness }) =>
  kind === "check-in" && (pain !== undefined || stiffness !== undefined);

const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** Pain 3, stiffness 5 */
const inWords = ({ pain, stiffness }) =>
  [
    pain === undefined ? null : t("checkin.painIs", { n: pain }),
    stiffness === undefined ? null : t("checkin.stiffnessIs", { n: stiffness }),
  ].filter(Boolean).join(", ");

/** Eleven steps, none chosen beforehand, and a way to leave it open again. */
function scale(name, value) {
  const step = (n) =>
    el("label", { class: "step" },
      el("input", { type: "radio", name, value: n, checked: n === value }), el("span", {}, String(n)));
  const steps = Array.from({ length: WORST + 1 }, (_, n) => step(n));
  const inputs = steps.map((one) => one.querySelector("input"));
  const clear = el("button", { type: "button", class: "plain clear", hidden: value === undefined, onclick: () => {
    inputs.forEach((input) => { input.checked = false; });
    clear.hidden = true;
    inputs[0].focus();
  } }, t("checkin.leaveOpen"));
  return el("fieldset", { class: "scale", onchange: () => { clear.hidden = false; } },
    el("legend", {}, t(`checkin.${name}`)),
    el("div", { class: "steps" }, ...steps),
    el("p", { class: "ends quiet" }, el("span", {}, t(`checkin.${name}.low`)), el("span", {}, t(`checkin.${name}.high`))),
    clear);
}

/** Asks for the signs that need a person, where the pain that was just told is strong; else nothing. */
async function signsAfter(base, pain) {
  if (pain === undefined) {
    return null;
  }
  const { ask } = await get(`${base}/rules/advice?pain=${pain}`);
  if (ask !== STRONG) {
    return null;
  }
  const card = await healthCard(base, ask);
  // The page may ask already, for what is left out on every day.
  byId(card.id)?.remove();
  return card;
}

/**
 * Pain and stiffness, either of which may stay open.
 *
 * @param before what was told and is changed now; null for something new
 * @param told gets the statement as it is kept
 * @param rest further buttons
 */
function checkInForm(wearer, before, told, rest = []) {
  const trouble = el("p", { class: "trouble", role: "alert" });
  const id = freshId();
  const form = el("form", { class: "checkin" },
    scale("pain", before?.pain),
    scale("stiffness", before?.stiffness),
    el("div", { class: "answers" },
      el("button", { type: "submit", class: "primary" }, t(before ? "tell.change" : "checkin.tell")), ...rest),
    trouble);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = new FormData(form);
    const number = (name) => (given.has(name) ? Number(given.get(name)) : undefined);
    const felt = { pain: number("pain"), stiffness: number("stiffness") };
    if (felt.pain === undefined && felt.stiffness === undefined) {
      say(trouble, t("checkin.nothing"));
      return;
    }
    const fields = { ...(before ? fieldsOf(before) : { id }), ...felt };
    telling(form, trouble, async () => told(await tell(wearer, "checkins", fields)));
  });
  return form;
}

/** The quiet question of the morning, on the main page; gone for the day once answered or put off. */
export class Morning {
  #wearer;
  #base;
  #time;
  #clock;
  #host = byId("checkin");
  #putOff = null;
  #closed = false;

  constructor(wearer, base, time, clock) {
    this.#wearer = wearer;
    this.#base = base;
    this.#time = time;
    this.#clock = clock;
  }

  /** Shows or takes away the question, but never while it is being answered. */
  async show() {
    const today = this.#time.date(this.#clock.now());
    if (this.#host.dataset.day === today || this.#isBeingAnswered()) {
      return;
    }
    const due = !this.#isPutOff(today) && (await this.#isDue(today));
    if (this.#closed || this.#host.dataset.day === today || this.#isBeingAnswered()) {
      return;
    }
    if (!due) {
      this.#empty();
      return;
    }
    this.#host.dataset.day = today;
    refill(this.#host, this.#card(today));
  }

  /** Also past midnight. */
  #isBeingAnswered() {
    return this.#host.querySelector("input:checked") !== null;
  }

  close() {
    this.#closed = true;
    this.#empty();
  }

  #empty() {
    delete this.#host.dataset.day;
    this.#host.replaceChildren();
  }

  async #isDue(today) {
    const range = `from=${today}&to=${today}`;
    const [told, nights] = await Promise.all([
      get(`${this.#base}/statements?${range}`), get(`${this.#base}/nights?${range}`),
    ]);
    const now = this.#clock.now();
    const night = nights.items.find(({ date }) => date === today);
    const isOfMorning = ({ at }) =>
      night ? millis(at) >= millis(night.inBedTo) : this.#time.hhmm(millis(at)) >= MORNING;
    if (told.items.some((one) => feels(one) && isOfMorning(one))) {
      return false;
    }
    if (night) {
      return !night.open && now - millis(night.inBedTo) < HALF_DAY;
    }
    const awake = minutes(this.#time.hhmm(now)) - minutes(this.#wearer.awakeFrom);
    return (awake + DAY_MINUTES) % DAY_MINUTES < AFTER_WAKING;
  }

  #card(today) {
    const told = async (statement) => {
      const signs = await signsAfter(this.#base, statement.pain).catch(() => null);
      const noted = el("section", { class: "card message" },
        el("p", { role: "status", id: "checkin-noted", tabindex: "-1" }, t("checkin.noted", { what: inWords(statement) })),
        el("p", { class: "more" }, el("a", { href: "/tell" }, t("checkin.other"))));
      refill(this.#host, signs, noted);
      leadTo(signs ?? byId("checkin-noted"));
    };
    const later = el("button", { type: "button", class: "plain", id: "checkin-later", onclick: () => this.#later(today) }, t("health.later"));
    return el("section", { class: "card message", "aria-labelledby": "checkin-title" },
      el("h2", { id: "checkin-title" }, t("checkin.title")),
      el("p", {}, t("checkin.lead")),
      checkInForm(this.#wearer, null, told, [later]));
  }

  #isPutOff(today) {
    try {
      return this.#putOff === today || localStorage.getItem(PUT_OFF) === `${this.#wearer.id} ${today}`;
    } catch {
      return this.#putOff === today;
    }
  }

  #later(today) {
    this.#putOff = today;
    try {
      localStorage.setItem(PUT_OFF, `${this.#wearer.id} ${today}`);
    } catch {
      // Without storage it is put off as long as the page lasts.
    }
    this.#host.replaceChildren();
    byId("content").focus({ preventScroll: true });
  }
}

/** How the wearer feels, at any time, with what was told today. */
export class CheckIn {
  #wearer;
  #base;
  #time;
  #host = byId("feel");
  #formHost = el("div", {});
  #listHost = el("div", {});
  #form = null;
  #changing = null;
  #told = [];

  constructor(wearer, base, time) {
    this.#wearer = wearer;
    this.#base = base;
    this.#time = time;
  }

  show(statements) {
    this.#told = statements.filter(feels);
    refill(this.#host,
      this.#formHost,
      el("p", { role: "status", id: "feel-noted", class: "quiet", tabindex: "-1" }),
      this.#listHost);
    this.#fill(null);
    this.#list();
  }

  #fill(changing, signs = null) {
    const rest = changing
      ? [el("button", { type: "button", class: "plain", onclick: () => this.#fill(null) }, t("back"))]
      : [];
    const told = async (statement) => {
      this.#keep({ kind: "check-in", ...statement });
      const signs = await signsAfter(this.#base, statement.pain).catch(() => null);
      this.#list();
      // By now another form may be open, in which somebody types.
      if (this.#form === form) {
        this.#fill(null, signs);
      } else if (signs) {
        this.#formHost.prepend(signs);
      }
      note("feel-noted", t("checkin.noted", { what: inWords(statement) }));
      if (signs) {
        leadTo(signs);
      }
    };
    const form = checkInForm(this.#wearer, changing, told, rest);
    this.#form = form;
    this.#changing = changing;
    refill(this.#formHost,
      signs,
      changing ? el("p", { class: "ask" }, t("checkin.changing", { time: this.#when(changing) })) : null,
      form);
    if (changing) {
      this.#host.scrollIntoView({ block: "nearest" });
      this.#host.querySelector("input:checked, input")?.focus();
    }
  }

  #keep(statement) {
    this.#told = [...this.#told.filter(({ id }) => id !== statement.id), statement]
      .sort((a, b) => millis(a.at) - millis(b.at));
  }

  #when({ at }) {
    return this.#time.hhmm(millis(at));
  }

  /** Beside the form, which keeps what is being entered when something else is taken back. */
  #list() {
    refill(this.#listHost, toldList(this.#told.map((one) => ({
      time: this.#when(one), words: inWords(one),
      change: () => this.#fill(one),
      back: async () => {
        await takeBack(this.#wearer, "checkins", one);
        this.#told = this.#told.filter(({ id }) => id !== one.id);
        if (this.#changing?.id === one.id) {
          this.#fill(null);
        }
        this.#list();
        note("feel-noted", t("tell.takenBack"));
      },
    }))));
  }
}

/** What comes next must not lie out of sight on a phone. */
function leadTo(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "start" });
}

/** Says what was done, and leads there who pressed something that is gone now. */
export function note(id, words) {
  say(byId(id), words);
  byId(id).focus();
}

/** What was told today, each of which can be taken back, and some changed. */
export function toldList(rows) {
  if (rows.length === 0) {
    return null;
  }
  const trouble = el("p", { class: "trouble", role: "alert" });
  const button = (words, label, onclick) =>
    el("button", { type: "button", class: "plain", "aria-label": label, onclick }, words);
  const items = rows.map(({ time, words, change, back }) => {
    const row = el("li", {},
      el("span", { class: "when" }, time),
      el("span", { class: "what" }, words),
      change ? button(t("tell.change"), t("tell.changeLabel", { what: `${time}, ${words}` }), change) : null,
      button(t("tell.takeBack"), t("tell.takeBackLabel", { what: `${time}, ${words}` }), () => telling(row, trouble, back)));
    return row;
  });
  return el("div", { class: "told" },
    el("h3", {}, t("tell.today")), el("ul", { class: "rows" }, ...items), trouble);
}
