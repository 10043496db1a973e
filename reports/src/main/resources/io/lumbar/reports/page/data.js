import { get, post } from "./api.js";
import { byId, el, say } from "./dom.js";

const REMEMBERED = "lumbar.wearer";
const WORDS = {
  now: "your posture now",
  live: "the live page",
  reports: "reports",
  export: "everything, as a zip",
};

const time = (instant) =>
  new Date(instant).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}

async function forget(base, span, words) {
  say(byId("forgotten"), "Forgetting\u2026");
  try {
    const receipt = await post(`${base}/erasures`, span);
    say(byId("forgotten"), `${words}: ${time(receipt.from)} to ${time(receipt.to)} is forgotten. Pages follow within moments.`);
  } catch (error) {
    say(byId("forgotten"), error.message);
  }
}

function showReceipt(receipt) {
  const list = (title, items) => [
    el("h3", {}, title),
    el("ul", { class: "rows" }, ...items.map((item) => el("li", {}, item))),
  ];
  byId("receipt").replaceChildren(
    ...list("Gone", receipt.gone.map((gone) => gone.what)),
    ...list("Ends by itself", receipt.expires.map((one) => `${one.what}: by ${one.at.slice(0, 10)}`)),
    ...list("Yours to delete", receipt.yours));
}

async function showReadings(base) {
  const { items } = await get(`${base}/readings`);
  if (items.length === 0) {
    byId("readings").replaceChildren(el("p", { class: "quiet" }, "Nobody yet."));
    return;
  }
  const rows = items.slice(0, 200).map((item) =>
    el("tr", {},
      el("td", {}, time(item.first)),
      el("td", {}, item.reader === "wearer" ? "you" : item.reader),
      el("td", {}, WORDS[item.what] ?? item.what),
      el("td", {}, item.times === 1 ? "once" : `${item.times} times`)));
  byId("readings").replaceChildren(
    el("table", { class: "readings" },
      el("thead", {}, el("tr", {}, ...["From", "Who", "What", ""].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows)));
}

async function start() {
  const me = await get("/api/v1/me");
  const wanted = new URLSearchParams(location.search).get("wearer") ?? remembered();
  const wearer = me.wearers.find((one) => one.id === wanted) ?? me.wearers[0];
  if (!wearer) {
    byId("content").replaceChildren(el("p", { class: "card message" }, "Nobody is measured yet."));
    return;
  }
  const base = `/api/v1/wearers/${encodeURIComponent(wearer.id)}`;
  say(byId("name"), wearer.name);
  byId("export").href = `${base}/export`;
  byId("forget-hour").addEventListener("click", () => forget(base, { minutes: 60 }, "The last hour"));
  byId("forget-night").addEventListener("click", async () => {
    const nights = await get(`${base}/nights?from=${new Date(Date.now() - 2 * 86400000).toISOString().slice(0, 10)}`);
    const last = nights.items[nights.items.length - 1];
    if (!last) {
      say(byId("forgotten"), "No night is known of the last two days.");
      return;
    }
    await forget(base, { night: last.date }, "The last night");
  });
  byId("forget-span").addEventListener("submit", (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const instant = (name) => new Date(form.get(name)).toISOString();
    forget(base, { from: instant("from"), to: instant("to") }, "This time");
  });
  byId("erase").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      showReceipt(await post(`${base}/erasures`, { confirm: new FormData(event.target).get("confirm") }));
    } catch (error) {
      byId("receipt").replaceChildren(el("p", {}, error.message));
    }
  });
  await showReadings(base);
}

start().catch((error) => say(byId("forgotten"), error.message));
