import { get, patch, post } from "./api.js";
import { el, say } from "./dom.js";
import { language, t } from "./words.js";

const FIRST_RUN = "first-run";

/**
 * Asks what to leave out and for signs that somebody should look at: once in the first days, the
 * signs alone on a day of strong pain. May be left open.
 */
export async function healthCard(base, why) {
  const first = why === FIRST_RUN;
  const flagsPath = `${base}/red-flags?lang=${language()}`;
  const [words, signs, profile] = await Promise.all([
    get(`/api/v1/stretch-words?lang=${language()}`), get(flagsPath), get(`${base}/stretch-profile`),
  ]);
  // The 28th week follows from the due date.
  const conditions = first
    ? Object.entries(words.conditions).filter(([id]) => id !== "pregnant-late").map(([id, text]) => tick(id, text, profile.conditions.includes(id)))
    : [];
  const all = signs.levels.flatMap(({ flags }) => flags.map(({ id, text }) => tick(id, text)));
  const signsFold = first ? fold(t("health.signs"), all) : null;
  // Who did not open the list has not said that none of it is so.
  let seen = !first;
  signsFold?.addEventListener("toggle", () => { seen ||= signsFold.open; });
  const trouble = el("p", { class: "trouble", role: "alert" });
  const save = async () => {
    const marked = (ticks) => ticks.map((one) => one.querySelector("input")).filter((input) => input.checked).map((input) => input.value);
    if (first) {
      await patch(`${base}/stretch-profile`, { conditions: marked(conditions) });
    }
    const answer = await post(flagsPath, seen ? { flags: marked(all) } : { skip: true });
    if (answer.stop) {
      return location.assign("/stretches");
    }
    const told = answer.levels.find(({ id }) => id === answer.answer.level);
    if (!told) {
      return card.remove();
    }
    card.replaceChildren(...sentence(told), close);
    // The card is much shorter now, and would be out of sight on a phone.
    card.scrollIntoView({ block: "nearest" });
  };
  const later = async () => {
    await post(flagsPath, { skip: true });
    card.remove();
  };
  const button = (id, kind, text, run) =>
    el("button", { type: "button", id, class: kind, onclick: () => run().catch((error) => say(trouble, error.message)) }, text);
  const close = el("div", { class: "answers" }, el("button", { type: "button", class: "plain", onclick: () => card.remove() }, t("health.done")));
  const card = el(
    "section",
    { class: "card message", id: "health" },
    el("h2", {}, t(first ? "health.title" : "health.painTitle")),
    el("p", {}, t(first ? "health.lead" : "health.painLead")),
    first ? fold(t("health.conditions"), conditions) : null,
    // On a day of strong pain all are in sight: saving without a tick answers every one.
    signsFold ?? el("div", { class: "ticks" }, ...all),
    el(
      "div",
      { class: "answers" },
      button("health-save", "primary", t("health.save"), save),
      button("health-later", "plain", t("health.later"), later),
    ),
    trouble,
    first ? el("p", { class: "more" }, el("a", { href: "/stretches" }, t("health.more"))) : null,
  );
  return card;
}

const sentence = ({ title, text }) => [el("h2", {}, title), el("p", {}, text)];

const tick = (id, text, checked = false) =>
  el("label", { class: "tick" }, el("input", { type: "checkbox", value: id, checked }), el("span", {}, text));

const fold = (title, ticks) =>
  el("details", { class: "flags" }, el("summary", {}, title), el("div", { class: "ticks" }, ...ticks));
