import { get } from "/assets/api.js";
import { byId, el, say } from "/assets/dom.js";
import { base, choose, chosenWearer, patch, remember, stopSection, Words } from "./words.js";

const PLACES = ["all", "chair", "standing", "floor", "bed"];

let words;
let wearer;
let items = [];
let profile;
let place = "all";

const trouble = (error) => say(byId("trouble"), error.message);

function card({ stretch, suits }) {
  const marked = (list) => profile[list].includes(stretch.id);
  const toggle = (list, idle, set) => {
    const button = el("button", { type: "button", class: "plain", "aria-pressed": String(marked(list)) }, words.of(marked(list) ? set : idle));
    button.addEventListener("click", () => mark(list, stretch.id).catch(trouble));
    return button;
  };
  return el(
    "article",
    { class: `card exercise${suits ? "" : " unsuited"}` },
    stretch.figure ? el("img", { src: `/api/v1/stretches/${stretch.id}/figure.svg`, alt: "", width: 480, height: 360, loading: "lazy" }) : null,
    el(
      "div",
      { class: "exercise-words" },
      el("h2", {}, stretch.name),
      el("p", { class: "quiet" }, [words.of(`place.${stretch.place}`), words.dose(stretch), words.length(stretch.minutes)].filter(Boolean).join(" \u00b7 ")),
      suits ? null : el("p", { class: "tag" }, words.of("unsuitable")),
      el(
        "details",
        {},
        el("summary", {}, stretch.steps[0]),
        el("ol", {}, ...stretch.steps.slice(1).map((step) => el("li", {}, step))),
        ...stretch.cautions.map((caution) => el("p", {}, caution)),
        el("p", {}, words.of("stopIf", { what: stretch.stopIf })),
        el("p", { class: "quiet" }, stretch.evidence),
      ),
      el("div", { class: "marks" }, toggle("liked", "like", "liked"), toggle("hurts", "hurts", "hurting")),
    ),
  );
}

async function mark(list, id) {
  const has = profile[list].includes(id);
  profile = await patch(`${base(wearer)}/stretch-profile`, {
    [list]: has ? profile[list].filter((other) => other !== id) : [...profile[list], id],
  });
  await loadItems();
}

function showGallery() {
  byId("gallery").replaceChildren(
    ...items.filter(({ stretch }) => place === "all" || stretch.place === place).map(card));
}

function showPlaces() {
  byId("places").replaceChildren(...PLACES.map((name) => {
    const button = el("button", { type: "button", "aria-pressed": String(name === place) }, words.of(`place.${name}`));
    button.addEventListener("click", () => {
      place = name;
      showPlaces();
      showGallery();
    });
    return button;
  }));
}

function showAbout() {
  const tick = (id, text, checked) =>
    el("label", { class: "tick" }, el("input", { type: "checkbox", value: id, checked }), el("span", {}, text));
  // The 28th week follows from the due date.
  const names = Object.entries(words.conditions).filter(([id]) => id !== "pregnant-late");
  byId("conditions").replaceChildren(
    ...names.map(([id, text]) => tick(id, text, profile.conditions.includes(id))),
    tick("bend-backwards", words.of("bendBackwards"), profile.bendBackwards),
  );
  byId("due").value = profile.babyDue ?? "";
  byId("country").value = profile.country ?? "";
  showDue();
}

/** The newest day first; each routine's pain before beside that after. */
function showDiary() {
  const days = Object.entries(profile.diary).sort(([one], [other]) => other.localeCompare(one));
  const date = new Intl.DateTimeFormat(words.language === "en" ? "en-GB" : words.language, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
  byId("diary-card").hidden = days.length === 0;
  byId("diary").replaceChildren(...days.map(([day, { done, pain, routines = [] }]) => {
    const lines = [
      done.length > 0 ? `${words.counted("exercises", done.length)}.` : null,
      ...routines.map((routine) => words.pains(routine)),
      routines.length === 0 && pain !== undefined ? words.of("diaryPain", { n: pain }) : null,
    ].filter(Boolean);
    return el("li", {}, el("span", { class: "when" }, date.format(Date.parse(`${day}T12:00:00Z`))), el("span", { class: "what" }, lines.join(" ")));
  }));
}

function showOwn() {
  byId("own-list").replaceChildren(...profile.own.map((one) => {
    const button = el("button", { type: "button", class: "plain" }, words.of("ownRemove"));
    button.addEventListener("click", () => keepOwn(profile.own.filter((other) => other.id !== one.id)).catch(trouble));
    return el("li", {}, el("span", { class: "what" }, one.name), button);
  }));
  byId("own-place").replaceChildren(...PLACES.slice(1).map((name) =>
    el("option", { value: name }, words.of(`place.${name}`))));
}

async function keepOwn(own) {
  const known = new Set(own.map(({ id }) => id));
  const still = (list) => list.filter((id) => !id.startsWith("own-") || known.has(id));
  profile = await patch(`${base(wearer)}/stretch-profile`, {
    own, liked: still(profile.liked), hurts: still(profile.hurts),
  });
  showOwn();
  await loadItems();
}

async function addOwn(event) {
  event.preventDefault();
  const steps = byId("own-steps").value.split("\n").map((line) => line.trim()).filter(Boolean);
  await keepOwn([...profile.own, {
    id: `own-${Date.now().toString(36)}`,
    name: byId("own-name").value.trim(),
    steps,
    place: byId("own-place").value,
    holdSeconds: Number(byId("own-hold").value),
    repetitions: Number(byId("own-times").value),
    sides: byId("own-sides").checked ? 2 : 1,
    minutes: Number(byId("own-minutes").value),
  }]);
  byId("own").reset();
}

function showDue() {
  byId("due-field").hidden = !byId("conditions").querySelector("[value=pregnant]").checked;
}

async function save(event) {
  event.preventDefault();
  const ticked = [...byId("conditions").querySelectorAll("input:checked")].map((input) => input.value);
  profile = await patch(`${base(wearer)}/stretch-profile`, {
    conditions: ticked.filter((id) => id !== "bend-backwards"),
    bendBackwards: ticked.includes("bend-backwards"),
    babyDue: ticked.includes("pregnant") && byId("due").value ? byId("due").value : null,
    country: byId("country").value ? byId("country").value.toUpperCase() : null,
  });
  await loadItems();
  say(byId("saved"), words.of("saved"));
}

/** Nothing to choose while a sign stands that somebody should look at. */
function showStop(stop) {
  byId("stop").hidden = !stop;
  byId("places").hidden = byId("intro").hidden = byId("own-card").hidden = Boolean(stop);
  byId("stop").replaceChildren(...(stop
    ? [stopSection(stop, words, el("a", { class: "button", href: "/stretches/routine#again" }, words.of("stoppedAgain")))]
    : []));
}

async function loadItems() {
  const answer = await get(`${base(wearer)}/stretches?lang=${words.language}`);
  showStop(answer.stop);
  byId("gate").hidden = Boolean(answer.stop) || !answer.text;
  say(byId("gate"), answer.text ?? "");
  items = answer.items.sort((a, b) => Number(b.suits) - Number(a.suits));
  showGallery();
}

async function show() {
  say(byId("trouble"), "");
  say(byId("saved"), "");
  words = await Words.load(wearer.language);
  byId("language").value = words.language;
  profile = await get(`${base(wearer)}/stretch-profile`);
  showPlaces();
  showAbout();
  showDiary();
  showOwn();
  await loadItems();
}

async function start() {
  const { wearers, chosen } = await chosenWearer();
  if (!chosen) {
    location.assign("/");
    return;
  }
  wearer = chosen;
  const select = byId("wearer");
  select.hidden = wearers.length < 2;
  byId("wearer-name").hidden = wearers.length > 1;
  say(byId("wearer-name"), chosen.name);
  select.replaceChildren(...wearers.map((one) => el("option", { value: one.id }, one.name)));
  select.value = chosen.id;
  select.addEventListener("change", () => {
    wearer = wearers.find((one) => one.id === select.value);
    choose(wearer);
    show().catch(trouble);
  });
  byId("language").addEventListener("change", () => {
    remember(byId("language").value);
    show().catch(trouble);
  });
  byId("conditions").addEventListener("change", showDue);
  byId("own").addEventListener("submit", (event) => {
    say(byId("own-trouble"), "");
    addOwn(event).catch((error) => say(byId("own-trouble"), error.message));
  });
  byId("about").addEventListener("submit", (event) => save(event).catch(trouble));
  await show();
}

start().catch(trouble);
