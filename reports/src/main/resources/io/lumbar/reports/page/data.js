import { get, post } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords, millis, ZoneTime } from "./time.js";
import { remembered } from "./wearer.js";

const WORDS = {
  now: "your posture now",
  live: "the live page",
  reports: "reports",
  export: "everything, as a zip",
};

const HOUR = 3600000;

const time = (instant) =>
  new Date(instant).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** Wednesday 4 March 13:52 to 14:52 */
function stretch(zoned, from, to) {
  const [first, last] = [from, to].map((instant) => dateInWords(zoned.date(instant)));
  return `${first} ${zoned.hhmm(from)} to ${first === last ? "" : `${last} `}${zoned.hhmm(to)}`;
}

async function forget(base, span, words, zoned) {
  say(byId("forgotten"), "Forgetting\u2026");
  const receipt = await post(`${base}/erasures`, span);
  const gone = stretch(zoned, millis(receipt.from), millis(receipt.to));
  say(byId("forgotten"), `${words}: ${gone} is forgotten. Pages follow within moments.`);
}

/** A listener that says what went wrong. */
const telling = (listen) => async (event) => {
  event.preventDefault();
  try {
    await listen(event);
  } catch (error) {
    say(byId("forgotten"), error.message);
  }
};

/** What is forgotten cannot come back, so it is asked first, with whose time it is and which. */
function ask(question, agreed) {
  const opener = document.activeElement;
  const close = () => {
    byId("forget-ask").replaceChildren();
    opener?.focus();
  };
  const button = (words, listen, more) =>
    el("button", { type: "button", onclick: telling(listen), "aria-describedby": "forget-question", ...more }, words);
  say(byId("forgotten"), "");
  byId("forget-ask").replaceChildren(
    el("div", { class: "answers" },
      el("p", { class: "ask", id: "forget-question" }, question),
      button("Forget it", () => {
        close();
        return agreed();
      }, { id: "forget-yes" }),
      button("Back", close, { class: "plain", id: "forget-no" })));
  byId("forget-no").focus();
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
  const zoned = new ZoneTime(wearer.zone);
  const present = async () => millis((await get(`${base}/now`)).asOf);
  byId("forget-hour").addEventListener("click", telling(async () => {
    const to = await present();
    const from = to - HOUR;
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    ask(`Forget the last hour of ${wearer.name}, ${stretch(zoned, from, to)}?`, () =>
      forget(base, span, "The last hour", zoned));
  }));
  byId("forget-night").addEventListener("click", telling(async () => {
    const today = zoned.date(await present());
    const { items } = await get(`${base}/nights?from=${today}&to=${today}`);
    const last = items.find((night) => night.date === today);
    if (!last) {
      byId("forget-ask").replaceChildren();
      say(byId("forgotten"), "Last night was not measured, so nothing of it is to forget. For another night give its times.");
      return;
    }
    const inBed = stretch(zoned, millis(last.inBedFrom), millis(last.inBedTo));
    ask(`Forget last night of ${wearer.name}, in bed ${inBed}, and half an hour around it?`, () =>
      forget(base, { night: last.date }, "Last night", zoned));
  }));
  byId("forget-span").addEventListener("submit", telling((event) => {
    const form = new FormData(event.target);
    const [from, to] = ["from", "to"].map((name) => new Date(form.get(name)));
    const span = { from: from.toISOString(), to: to.toISOString() };
    // Typed by the clock of this browser, so told by it.
    const here = new ZoneTime(undefined);
    ask(`Forget what was measured of ${wearer.name}, ${stretch(here, from.getTime(), to.getTime())}?`, () =>
      forget(base, span, "This time", here));
  }));
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
