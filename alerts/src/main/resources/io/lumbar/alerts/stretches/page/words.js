import { get } from "/assets/api.js";
import { el } from "/assets/dom.js";

const REMEMBERED = "lumbar.language";
const WEARER = "lumbar.wearer";

/** Named beside the number of a country, not beside itself. */
const EVERYWHERE = "112";

function stored(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function store(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The words of the page; a gap such as {n} is filled by name. */
export class Words {
  /** @param usual what is spoken until a language is chosen here: that of the wearer */
  static async load(usual) {
    const language = stored(REMEMBERED) ?? usual;
    const words = new Words(await get(`/api/v1/stretch-words?lang=${encodeURIComponent(language)}`));
    document.documentElement.lang = words.language;
    document.querySelectorAll("[data-words]").forEach((element) => {
      element.textContent = words.of(element.dataset.words);
    });
    document.title = `${words.of("title")} \u00b7 Lumbar`;
    return words;
  }

  constructor({ language, page, conditions, causes }) {
    this.language = language;
    this.page = page;
    this.conditions = conditions;
    this.causes = causes;
  }

  of(key, gaps = {}) {
    return (this.page[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
  }

  /** 45 seconds, 1.5 min: nobody says 0.75 min. */
  length(minutes) {
    return minutes < 1
      ? this.of("seconds", { n: Math.round(minutes * 60) })
      : this.of("minutes", { n: minutes.toLocaleString(this.language) });
  }

  /** One or many. */
  counted(key, n) {
    return this.of(`${key}.${n === 1 ? "one" : "many"}`, { n });
  }

  /** The pain before an exercise beside that after it; a dash for what was not said. */
  pains({ before, after }) {
    return this.of("pains", { before: before ?? "\u2013", after: after ?? "\u2013" });
  }

  /** Hold 20 s, 2 times on each side. */
  dose({ holdSeconds, repetitions, sides }) {
    const parts = [
      holdSeconds > 1 ? this.of("hold", { n: holdSeconds }) : "",
      repetitions > 1 ? this.of("times", { n: repetitions }) : "",
    ].filter(Boolean).join(", ");
    return sides === 2 && parts ? `${parts} ${this.of("eachSide")}` : parts;
  }
}

/** What stands in place of exercises: why, what to do, and how they come back. */
export function stopSection(stop, words, ...buttons) {
  const number = stop.emergencyNumber;
  const date = new Date(`${stop.since}T12:00:00Z`).toLocaleDateString(words.language === "en" ? "en-GB" : words.language, { day: "numeric", month: "long", timeZone: "UTC" });
  const call = stop.level === "emergency"
    ? [el("a", { class: "button primary call", href: `tel:${number}` }, words.of("callNow", { number })), number === EVERYWHERE ? null : el("p", { class: "quiet" }, words.of("numberNote"))]
    : [];
  return el(
    "section",
    { class: "stop", role: "alert" },
    el("h1", {}, stop.title),
    el("p", {}, stop.text),
    ...call,
    el("p", { class: "quiet" }, words.of("stoppedSince", { date })),
    el("p", { class: "quiet" }, words.of("stoppedCheck")),
    el("div", { class: "answers" }, ...buttons),
  );
}

export const remember = (language) => store(REMEMBERED, language);

export async function chosenWearer() {
  const me = await get("/api/v1/me");
  const chosen = me.wearers.find((wearer) => wearer.id === stored(WEARER)) ?? me.wearers[0] ?? null;
  return { wearers: me.wearers, chosen };
}

export const choose = (wearer) => store(WEARER, wearer.id);

export const base = (wearer) => `/api/v1/wearers/${encodeURIComponent(wearer.id)}`;

export async function patch(path, body) {
  const response = await fetch(path, {
    method: "PATCH",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) {
    throw new Error(answer.detail ?? `The server answered ${response.status}.`);
  }
  return answer;
}
