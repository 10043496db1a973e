import { get, post } from "/assets/api.js";
import { byId, el, say } from "/assets/dom.js";
import { base, chosenWearer, stopSection, Words } from "./words.js";

const STAGE = byId("stage");

/** The share of its time from which on an exercise counts as done: of two sides, both have begun. */
const ENOUGH = 0.5;

/** A pain from which on signs are asked for again at the end. */
const STRONG = 7;

const AT_WORK = ["chair", "standing"];
const ANYWHERE = [...AT_WORK, "floor", "bed"];

let words;
let wearer;
let pain = null;

/** Where exercises may be, by comma; null for what the server takes by the hour. */
let place = new URLSearchParams(location.search).get("place");
let sound = false;
let audio = null;
let ticker = null;

/** What the arrow keys do while an exercise shows. */
let keys = {};

const button = (text, run, kind = "") => {
  const made = el("button", { type: "button", class: kind }, text);
  made.addEventListener("click", () => Promise.resolve(run()).catch(trouble));
  return made;
};

function stage(...parts) {
  clearInterval(ticker);
  keys = {};
  STAGE.replaceChildren(...parts.filter(Boolean));
  STAGE.focus();
  window.scrollTo(0, 0);
}

const trouble = (error) => stage(el("section", { class: "card ask" }, el("p", { role: "alert" }, error.message), el("a", { class: "button", href: "/stretches" }, words?.of("back") ?? "Back")));

/** A short tone, only after it was switched on. */
function tone() {
  if (!sound) {
    return;
  }
  audio ??= new AudioContext();
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = 523;
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start();
  oscillator.stop(audio.currentTime + 0.5);
}

function showSound() {
  say(byId("sound"), words.of(sound ? "soundOn" : "soundOff"));
  byId("sound").setAttribute("aria-pressed", String(sound));
}

/** The question for pain, 0 to 10; null when it is left open. */
function askPain(question, then) {
  const scale = el("div", { class: "scale", role: "group", "aria-label": question });
  for (let value = 0; value <= 10; value++) {
    scale.append(button(String(value), () => then(value)));
  }
  stage(el(
    "section",
    { class: "card ask" },
    el("h1", {}, question),
    scale,
    el("p", { class: "scale-ends quiet" }, el("span", {}, `0 ${words.of("painNone")}`), el("span", {}, `10 ${words.of("painWorst")}`)),
    button(words.of("skipPain"), () => then(null), "plain"),
  ));
}

/** @param then what comes after none of them, or after what can wait for an appointment */
async function askFlags(then) {
  const { levels } = await flags();
  // Their titles are answers, and nobody has told of anything yet. All are in sight: "none of these" answers every one.
  const ticks = levels.flatMap((level) => level.flags.map((flag) =>
    el("label", { class: "tick" }, el("input", { type: "checkbox", value: flag.id }), el("span", {}, flag.text))));
  const form = el("div", { class: "flags" }, el("div", { class: "ticks" }, ...ticks));
  const go = button(words.of("flagsNone"), async () => {
    const ticked = [...form.querySelectorAll("input:checked")].map((input) => input.value);
    const { stop, levels: all, answer } = await post(flagsPath(), { flags: ticked });
    const told = all.find(({ id }) => id === answer.level);
    return stop ? showStop(stop) : told ? showAdvice(told, then) : then();
  }, "primary");
  form.addEventListener("change", () => say(go, words.of(form.querySelector("input:checked") ? "flagsGo" : "flagsNone")));
  document.body.classList.remove("stopped");
  stage(el("section", { class: "card ask" }, el("h1", {}, words.of("flagsTitle")), form, go));
}

const flagsPath = () => `${base(wearer)}/red-flags?lang=${words.language}`;
const flags = () => get(flagsPath());

/** What can wait for an appointment is said, and the exercises go on. */
function showAdvice({ title, text }, then) {
  stage(el("section", { class: "card ask" }, el("h1", {}, title), el("p", {}, text), button(words.of("flagsGo"), then, "primary")));
}

/** In place of exercises, until the question is answered anew. */
function showStop(stop) {
  document.body.classList.add("stopped");
  stage(stopSection(stop, words, button(words.of("stoppedAgain"), () => askFlags(build)), el("a", { class: "button", href: "/" }, words.of("back"))));
}

async function build() {
  const query = new URLSearchParams({ lang: words.language });
  if (pain !== null) {
    query.set("pain", pain);
  }
  const asked = new URLSearchParams(location.search);
  if (asked.get("exercises")) {
    query.set("exercises", asked.get("exercises"));
  }
  if (place) {
    query.set("place", place);
  }
  const routine = await get(`${base(wearer)}/routine?${query}`);
  if (routine.stop) {
    return showStop(routine.stop);
  }
  const lines = [routine.text, ...routine.advice].filter(Boolean);
  stage(el(
    "section",
    { class: "card overview" },
    el("h1", {}, routine.gate ? words.of("today") : words.of("routineLead")),
    routine.why.length > 0 ? el("p", { class: "quiet" }, `${words.of("why")}: ${routine.why.join(", ")}`) : null,
    ...lines.map((line) => el("p", {}, line)),
    placeChoice(routine.places),
    el("ol", { class: "plan" }, ...routine.items.map(({ stretch, again }) => el(
      "li",
      {},
      stretch.figure ? el("img", { src: figure(stretch), alt: "", width: 120, height: 90 }) : null,
      el("span", {}, el("strong", {}, stretch.name), el("span", { class: "quiet" }, [words.length(stretch.minutes), again ? words.of("again") : ""].filter(Boolean).join(", "))),
    ))),
    routine.items.length > 0 ? button(words.of("begin"), () => play(routine.items.map((item) => item.stretch)), "primary") : el("a", { class: "button", href: "/" }, words.of("back")),
  ));
}

/** Chair and standing, or floor and bed too. */
function placeChoice(places) {
  if (places.length === 0) {
    return null;
  }
  const choice = (label, value, chosen) => {
    const made = button(words.of(label), () => {
      place = value;
      return build();
    });
    made.setAttribute("aria-pressed", String(chosen));
    return made;
  };
  const anywhere = places.some((one) => !AT_WORK.includes(one));
  return el("div", { class: "places", role: "group", "aria-label": words.of("places"), id: "places" }, choice("placesAtWork", AT_WORK.join(","), !anywhere), choice("placesAnywhere", ANYWHERE.join(","), anywhere));
}

const figure = (stretch) => `/api/v1/stretches/${stretch.id}/figure.svg`;
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.ceil(seconds) % 60).padStart(2, "0")}`;

function play(list) {
  // By exercise: what was gone back to counts by its last word, and its longest time, once.
  const done = list.map(() => false);
  const worked = list.map(() => 0);
  const seconds = (index) => Math.round(list[index].minutes * 60);
  const enough = (index) => Math.ceil(seconds(index) * ENOUGH);
  const next = (index, skipped) => {
    done[index] = !skipped && worked[index] >= enough(index);
    if (index + 1 < list.length) {
      show(index + 1);
    } else {
      finish(list.filter((_, at) => done[at]).map(({ id }) => id), worked.reduce((sum, seconds) => sum + seconds, 0));
    }
  };

  const show = (index) => {
    const stretch = list[index];
    const whole = seconds(index);
    let left = whole;
    let running = true;
    say(byId("of"), words.of("of", { n: index + 1, all: list.length }));
    const picture = stretch.figure
      ? el("img", { class: "figure", src: figure(stretch), alt: stretch.name, width: 480, height: 360 })
      : el("div", { class: "figure" });
    const time = el("p", { class: "time", role: "timer" }, clock(left));
    const bar = el("progress", { max: whole, value: 0, "aria-hidden": "true" });
    const side = el("p", { class: "side" });
    const counts = el("p", { class: "quiet", id: "counts" });
    const showCounts = () => say(counts, worked[index] >= enough(index)
      ? words.of("countsAsDone")
      : words.of("countsFrom", { time: clock(whole - enough(index)) }));
    const showSide = () => {
      const second = left <= whole / 2;
      say(side, stretch.sides === 2 ? words.of(second ? "left" : "right") : "");
      picture.classList.toggle("mirrored", stretch.sides === 2 && second);
    };
    const pause = button(words.of("pause"), () => {
      running = !running;
      say(pause, words.of(running ? "pause" : "goOn"));
    });
    const step = () => {
      if (!running || document.hidden || left <= 0) {
        return;
      }
      left -= 1;
      worked[index] = Math.max(worked[index], whole - left);
      say(time, clock(left));
      bar.value = whole - left;
      if (stretch.sides === 2 && left === Math.floor(whole / 2)) {
        tone();
      }
      showSide();
      showCounts();
      if (left === 0) {
        tone();
      }
    };
    const forward = button(words.of("next"), () => next(index, false), "primary");
    forward.setAttribute("aria-keyshortcuts", "ArrowRight");
    // Without one before it stays in its place, so that no button moves under a finger.
    const previous = button(words.of("previous"), () => show(index - 1));
    previous.disabled = index === 0;
    previous.setAttribute("aria-keyshortcuts", "ArrowLeft");
    stage(el(
      "section",
      { class: "card playing" },
      picture,
      el(
        "div",
        { class: "playing-words" },
        el("h1", {}, stretch.name),
        el("p", { class: "quiet" }, words.dose(stretch)),
        el("div", { class: "clock" }, time, side),
        bar,
        counts,
        el("div", { class: "answers" }, previous, forward, pause, button(words.of("skip"), () => next(index, true), "plain")),
        el("ol", {}, ...stretch.steps.map((line) => el("li", {}, line))),
        stretch.sides === 2 ? el("p", { class: "quiet" }, words.of("bothSides")) : null,
        ...stretch.cautions.map((line) => el("p", { class: "quiet" }, line)),
        el("p", { class: "quiet" }, words.of("stopIf", { what: stretch.stopIf })),
      ),
    ));
    showSide();
    showCounts();
    keys = { ArrowRight: forward, ArrowLeft: previous };
    ticker = setInterval(step, 1000);
  };
  show(0);
}

function finish(done, seconds) {
  say(byId("of"), "");
  askPain(words.of("painAfter"), async (after) => {
    await keep(done, after);
    const thanks = () => stage(el(
      "section",
      { class: "card ask" },
      el("h1", {}, words.of("finished")),
      el("p", {}, done.length > 0
        ? words.of("finishedText", { exercises: words.counted("exercises", done.length), minutes: words.counted("wholeMinutes", Math.max(1, Math.round(seconds / 60))) })
        : words.of("finishedNone")),
      pain === null && after === null ? null : el("p", {}, words.pains({ before: pain, after })),
      el("a", { class: "button primary", href: "/" }, words.of("back")),
    ));
    return after !== null && after >= STRONG ? askFlags(thanks) : thanks();
  });
}

/** The diary chooses the next routine and has the pain before beside that after, the check-ins go to the history. */
async function keep(all, after) {
  // What came in two rounds was done once as far as the next routine is concerned.
  const done = [...new Set(all)];
  if (done.length > 0 || after !== null) {
    const told = { painBefore: pain, painAfter: after };
    await post(`${base(wearer)}/stretch-diary`, { done, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null)) });
  }
  for (const stretchDone of done) {
    await checkIn({ stretchDone });
  }
  if (after !== null) {
    await checkIn({ pain: after });
  }
}

const checkIn = (said) => post("/api/v1/checkins", { wearer: wearer.id, ...said });

/** With Alt or Meta an arrow is the browser's. */
function press(event) {
  if (!(event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.repeat)) {
    keys[event.key]?.click();
  }
}

async function start() {
  wearer = (await chosenWearer()).chosen;
  if (!wearer) {
    location.assign("/");
    return;
  }
  words = await Words.load(wearer.language);
  showSound();
  byId("sound").addEventListener("click", () => {
    sound = !sound;
    showSound();
    tone();
  });
  document.addEventListener("keydown", press);
  const { stop } = await flags();
  if (stop) {
    await (location.hash === "#again" ? askFlags(build) : showStop(stop));
    return;
  }
  askPain(words.of("painBefore"), async (value) => {
    pain = value;
    if (value !== null) {
      await post(`${base(wearer)}/stretch-diary`, { pain: value });
      await checkIn({ pain: value });
    }
    await askFlags(build);
  });
}

start().catch(trouble);
