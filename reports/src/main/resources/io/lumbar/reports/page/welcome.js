import { post } from "./api.js";
import { el, say } from "./dom.js";

const LISTEN_DAYS = 3;
const DAY = 86400000;

/** The first run: who is measured, and that the first days only listen. */
export function welcome() {
  const trouble = el("p", { class: "trouble", role: "alert" });
  const form = el(
    "form",
    { class: "actions", id: "first-wearer" },
    el("label", {}, "Name ", el("input", { name: "name", maxlength: 64, required: true, autocomplete: "off" })),
    el("label", {}, "Time zone ", el("input", { name: "zone", required: true, autocomplete: "off", value: Intl.DateTimeFormat().resolvedOptions().timeZone })),
    el("button", { type: "submit", class: "primary" }, "Begin"),
  );
  const host = el("div", {}, el("p", {}, "Who is to be measured?"), form, trouble, course());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const given = new FormData(form);
    try {
      say(trouble, "");
      const added = await post("/api/v1/wearers", {
        name: given.get("name"),
        zone: given.get("zone"),
        alerts: { listenUntil: new Date(Date.now() + LISTEN_DAYS * DAY).toISOString() },
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
    el("li", {}, "You connect a phone or a sensor."),
    el("li", {}, "For three days Lumbar only gets to know how you sit. No reminder comes, but you can send yourself a test."),
    el("li", {}, "Then it proposes a time for your first reminder from your own days, and you take it or keep yours."),
  );

const next = ({ name, token }) => [
  el("p", {}, `${name} is added, and the three days have begun.`),
  el("p", {}, `To see this page on a device of their own, ${name} signs in there with this key. It is shown only now:`),
  el("pre", {}, el("code", { id: "first-token" }, token)),
  el("p", { class: "more" }, el("a", { href: "/connect" }, "Connect a phone"), el("a", { href: "/" }, "To the page")),
];
