import { post } from "./api.js";
import { el, say } from "./dom.js";
import { language, t } from "./words.js";

const LISTEN_DAYS = 3;
const DAY = 86400000;

/** The first run: who is measured, and that the first days only listen. */
export function welcome() {
  const trouble = el("p", { class: "trouble", role: "alert" });
  const form = el(
    "form",
    { class: "actions", id: "first-wearer" },
    el("label", {}, t("welcome.name"), " ", el("input", { name: "name", maxlength: 64, required: true, autocomplete: "off" })),
    el("label", {}, t("welcome.zone"), " ", el("input", { name: "zone", required: true, autocomplete: "off", value: Intl.DateTimeFormat().resolvedOptions().timeZone })),
    el("button", { type: "submit", class: "primary" }, t("welcome.begin")),
  );
  const host = el("div", {}, el("p", {}, t("welcome.who")), form, trouble, course());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    try {
      say(trouble, "");
      const added = await post("/api/v1/wearers", {
        name: given.get("name"),
        zone: given.get("zone"),
        alerts: { language: language(), listenUntil: new Date(Date.now() + LISTEN_DAYS * DAY).toISOString() },
      });
      host.replaceChildren(...next(added));
    } catch (error) {
      say(trouble, error.message);
    }
  });
  return [host];
}

const course = () =>
  el(
    "ol",
    { class: "course quiet" },
    el("li", {}, t("welcome.course1")),
    el("li", {}, t("welcome.course2")),
    el("li", {}, t("welcome.course3")),
  );

const next = ({ name, token }) => [
  el("p", {}, t("welcome.added", { name })),
  el("p", {}, t("welcome.key", { name })),
  el("pre", {}, el("code", { id: "first-token" }, token)),
  el("p", { class: "more" }, el("a", { href: "/connect" }, t("page.connectTitle")), el("a", { href: "/" }, t("welcome.toPage"))),
];
