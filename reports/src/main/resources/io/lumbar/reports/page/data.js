import { get, post } from "./api.js";
import { byId, el, say } from "./dom.js";
import { dateInWords, millis, ZoneTime } from "./time.js";
import { remembered } from "./wearer.js";
import { counted, named, speak, t } from "./words.js";

const HOUR = 3600000;

/** The server's words for what is gone and stays, in the language of the page. */
const received = (text) => {
  const key = `receipt.${text.toLowerCase().replace(/[^a-z]+/g, "-").replace(/^-|-$/g, "")}`;
  const words = t(key);
  return words === key ? text : words;
};

const moment = (zoned, instant) => ({ date: dateInWords(zoned.date(instant)), time: zoned.hhmm(instant) });

/** Of a form: 2026-03-04T13:52 */
const typed = (local) => ({ date: dateInWords(local.slice(0, 10)), time: local.slice(11, 16) });

/** Wednesday 4 March 13:52 to 14:52 */
const between = (first, last) =>
  t("data.between", {
    first: `${first.date} ${first.time}`,
    last: `${first.date === last.date ? "" : `${last.date} `}${last.time}`,
  });

const stretch = (zoned, from, to) => between(moment(zoned, from), moment(zoned, to));

async function forget(base, span, what, zoned) {
  say(byId("forgotten"), t("data.forgetting"));
  const receipt = await post(`${base}/erasures`, span);
  const gone = stretch(zoned, millis(receipt.from), millis(receipt.to));
  say(byId("forgotten"), t("data.gone", { what, span: gone }));
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
      button(t("data.yes"), () => {
        close();
        return agreed();
      }, { id: "forget-yes" }),
      button(t("data.no"), close, { class: "plain", id: "forget-no" })));
  byId("forget-no").focus();
}

function showReceipt(receipt) {
  const list = (title, items) => [
    el("h3", {}, title),
    el("ul", { class: "rows" }, ...items.map((item) => el("li", {}, item))),
  ];
  byId("receipt").replaceChildren(
    ...list(t("data.isGone"), receipt.gone.map((gone) => received(gone.what))),
    ...list(t("data.ends"), receipt.expires.map((one) => t("data.endsBy", { what: received(one.what), date: one.at.slice(0, 10) }))),
    ...list(t("data.yours"), receipt.yours.map(received)));
}

async function showReadings(base, zoned, name) {
  const { items } = await get(`${base}/readings`);
  if (items.length === 0) {
    byId("readings").replaceChildren(el("p", { class: "quiet" }, t("data.nobody")));
    return;
  }
  const rows = items.slice(0, 200).map((item) => {
    const { date, time } = moment(zoned, millis(item.first));
    return el("tr", {},
      el("td", {}, `${date} ${time}`),
      el("td", {}, item.reader === "wearer" ? name : named("reader", item.reader)),
      el("td", {}, named("read", item.what)),
      el("td", {}, counted("data.times", item.times)));
  });
  byId("readings").replaceChildren(
    el("table", { class: "readings" },
      el("thead", {}, el("tr", {}, ...[t("data.when"), t("data.who"), t("data.what"), ""].map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows)));
}

async function start() {
  const me = await get("/api/v1/me");
  const wanted = new URLSearchParams(location.search).get("wearer") ?? remembered();
  const wearer = me.wearers.find((one) => one.id === wanted) ?? me.wearers[0];
  await speak(wearer?.language);
  document.title = `${t("index.data")} \u00b7 Lumbar`;
  if (!wearer) {
    byId("content").replaceChildren(el("p", { class: "card message" }, t("data.nobodyMeasured")));
    return;
  }
  const base = `/api/v1/wearers/${encodeURIComponent(wearer.id)}`;
  say(byId("name"), wearer.name);
  byId("export").href = `${base}/export`;
  const zoned = new ZoneTime(wearer.zone);
  say(byId("zone"), t("data.zone", { zone: wearer.zone.replaceAll("_", " ") }));
  const present = async () => millis((await get(`${base}/now`)).asOf);
  byId("forget-hour").addEventListener("click", telling(async () => {
    const to = await present();
    const from = to - HOUR;
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    ask(t("data.askHour", { name: wearer.name, span: stretch(zoned, from, to) }), () =>
      forget(base, span, t("data.hour"), zoned));
  }));
  byId("forget-night").addEventListener("click", telling(async () => {
    const today = zoned.date(await present());
    const { items } = await get(`${base}/nights?from=${today}&to=${today}`);
    const last = items.find((night) => night.date === today);
    if (!last) {
      byId("forget-ask").replaceChildren();
      say(byId("forgotten"), t("data.noNight"));
      return;
    }
    const inBed = stretch(zoned, millis(last.inBedFrom), millis(last.inBedTo));
    ask(t("data.askNight", { name: wearer.name, span: inBed }), () =>
      forget(base, { night: last.date }, t("data.night"), zoned));
  }));
  byId("forget-span").addEventListener("submit", telling((event) => {
    const form = new FormData(event.target);
    // Typed without an offset, so that the server reads it by the wearer's clock.
    const span = { from: form.get("from"), to: form.get("to") };
    ask(t("data.askSpan", { name: wearer.name, span: between(typed(span.from), typed(span.to)) }), () =>
      forget(base, span, t("data.thisTime"), zoned));
  }));
  byId("erase").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      showReceipt(await post(`${base}/erasures`, { confirm: new FormData(event.target).get("confirm") }));
    } catch (error) {
      byId("receipt").replaceChildren(el("p", {}, error.message));
    }
  });
  await showReadings(base, zoned, me.role === "wearer" ? t("data.you") : wearer.name);
}

start().catch((error) => say(byId("forgotten"), error.message));
