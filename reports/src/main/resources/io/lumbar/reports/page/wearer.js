import { byId, el, say } from "./dom.js";

const REMEMBERED = "lumbar.wearer";

/** Of whom this browser showed something last; null where it keeps nothing. */
export function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

/** False where the browser keeps nothing: then a choice lasts as long as the page. */
export function remember(id) {
  try {
    localStorage.setItem(REMEMBERED, id);
    return true;
  } catch {
    return false;
  }
}

export const chosenOf = (wearers) => wearers.find(({ id }) => id === remembered()) ?? wearers[0];

/** Whom a page is about, at its top; another choice loads the page anew. */
export function head(wearers, chosen) {
  const select = byId("wearer");
  select.hidden = wearers.length < 2;
  byId("wearer-name").hidden = wearers.length > 1;
  say(byId("wearer-name"), chosen.name);
  select.replaceChildren(...wearers.map((one) => el("option", { value: one.id }, one.name)));
  select.value = chosen.id;
  select.onchange = () => remember(select.value) && location.reload();
}
