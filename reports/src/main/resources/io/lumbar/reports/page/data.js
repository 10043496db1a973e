import { get, post } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords, millis, ZoneTime } from "./time.js";
import { remembered } from "./wearer.js";

const READERS = { owner: "the owner", admin: "an admin", device: "a device" };
const WORDS = {
  now: "posture now",
  live: "the live page",
  bouts: "spells of each posture",
  timeline: "the picture of a day",
  episodes: "spells worth acting on",
  alerts: "reminders",
  decisions: "why reminders came or not",
  interchange: "tables for other programs",
  rules: "which reminders would have come",
  export: "everything, as a zip",
  group: "a sum over all wearers",
};

const HOUR = 3600000;

/** What stands in a path has hyphens for spaces. */
const what = (name) => WORDS[name] ?? name.replaceAll("-", " ");

const moment = (zoned, instant) => ({ date: dateInWords(zoned.date(instant)), time: zoned.hhmm(instant) });

/** Of a form: 2026-03-04T13:52 */
const typed = (local) => ({ date: dateInWords(local.slice(0, 10)), time: local.slice(11, 16) });

/** Wednesday 4 March 13:52 to 14:52 */
const between = (first, last) =>
  `${first.date} ${first.time} to ${first.date === last.date ? "" : `${last.date} `}${last.time}`;

const stretch = (zoned, from, to) => between(moment(zoned, from), moment(zoned, to));

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

async function showReadings(base, zoned, name) {
  const { items } = await get(`${base}/readings`);
  if (items.length === 0) {
    byId("readings").replaceChildren(el("p", { class: "quiet" }, "Nobody yet."));
    return;
  }
  const rows = items.slice(0, 200).map((item) => {
    const { date, time } = moment(zoned, millis(item.first));
    return el("tr", {},
      el("td", {}, `${date} ${time}`),
      el("td", {}, item.reader === "wearer" ? name : READERS[item.reader] ?? item.reader),
      el("td", {}, what(item.what)),
      el("td", {}, item.times === 1 ? "once" : `${item.times} times`));
  });
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
  say(byId("zone"), `Times are by the clocks of ${wearer.zone.replaceAll("_", " ")}.`);
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
    // Typed without an offset, so that the server reads it by the wearer's clock.
    const span = { from: form.get("from"), to: form.get("to") };
    ask(`Forget what was measured of ${wearer.name}, ${between(typed(span.from), typed(span.to))}?`, () =>
      forget(base, span, "This time", zoned));
  }));
  byId("erase").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      showReceipt(await post(`${base}/erasures`, { confirm: new FormData(event.target).get("confirm") }));
    } catch (error) {
      byId("receipt").replaceChildren(el("p", {}, error.message));
    }
  });
  await showReadings(base, zoned, me.role === "wearer" ? "you" : wearer.name);
}

start().catch((error) => say(byId("forgotten"), error.message));
