import { get } from "./api.js";

const LANGUAGES = ["en", "de"];
const LOCALES = { en: "en-GB", de: "de-DE" };

let spoken = "en";

/** Until words are fetched: what may have to be said when they cannot be. */
let words = { "page.trouble": "Something is in the way", "state.reconnecting": "Reconnecting\u2026" };

/**
 * Has the page speak a language from now on. What stands in the page with `data-words` is filled;
 * `data-words-label` names what has a picture for a text, `data-words-hint` an empty field.
 */
export async function speak(language) {
  spoken = LANGUAGES.includes(language) ? language : LANGUAGES[0];
  words = await get(`/assets/words-${spoken}.json`);
  document.documentElement.lang = spoken;
  const fill = (attribute, set) =>
    document.querySelectorAll(`[${attribute}]`).forEach((element) => set(element, t(element.getAttribute(attribute))));
  fill("data-words", (element, text) => { element.textContent = text; });
  fill("data-words-label", (element, text) => element.setAttribute("aria-label", text));
  fill("data-words-hint", (element, text) => element.setAttribute("placeholder", text));
}

export const language = () => spoken;

export const locale = () => LOCALES[spoken];

/** A sentence by its key; a gap such as {n} is filled by name. A key without words stays a key. */
export function t(key, gaps = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => gaps[name] ?? whole);
}

/** One or many. */
export const counted = (key, n, gaps = {}) => t(`${key}.${n === 1 ? "one" : "many"}`, { n, ...gaps });

/** The words for something that may have none; else its own name, readable. */
export const named = (prefix, name) => words[`${prefix}.${name}`] ?? name.replaceAll("-", " ");
