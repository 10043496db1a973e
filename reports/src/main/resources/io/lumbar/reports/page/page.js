import { get } from "./api.js";
import { Advice } from "./advice.js";
import { Alerts } from "./alerts.js";
import { DayView } from "./day.js";
import { Morning } from "./checkin.js";
import { byId, el, say } from "./dom.js";
import { Effect } from "./effect.js";
import { Live } from "./live.js";
import { NowCard } from "./now.js";
import { Pause } from "./pause.js";
import { Push } from "./push.js";
import { millis, ServerClock, span, ZoneTime } from "./time.js";
import { chosenOf, remember } from "./wearer.js";
import { welcome } from "./welcome.js";
import { named, speak, t } from "./words.js";

const DAY_EVERY = 4000;
const NOW_EVERY = 400;
const MORNING_EVERY = 5 * 60000;
const QUIET_EVERY = 60000;

/** Runs at once, then at most once per interval however often it is asked. */
function paced(run, interval) {
  let timer = null;
  let last = -Infinity;
  return () => {
    if (timer === null) {
      const wait = Math.max(0, last + interval - performance.now());
      timer = setTimeout(() => {
        timer = null;
        last = performance.now();
        run().catch((error) => console.warn(error.message));
      }, wait);
    }
  };
}

/** Everything that is shown of one wearer. */
class Board {
  /** @param mayAdd whether who looks may add devices, which a wearer may not */
  constructor(wearer, mayAdd) {
    this.wearer = wearer;
    this.mayAdd = mayAdd;
    this.base = `/api/v1/wearers/${encodeURIComponent(wearer.id)}`;
    this.time = new ZoneTime(wearer.zone);
    this.clock = new ServerClock();
    this.alerts = new Alerts(this.base, this.time, this.clock, wearer, () => this.refreshQuiet());
    this.card = new NowCard(this.clock, this.time, wearer, this.alerts);
    this.morning = new Morning(wearer, this.base, this.time, this.clock);
    this.pause = new Pause(this.base, () => this.time.date(this.clock.now()), () => this.refreshQuiet());
    this.refreshQuiet = paced(() => Promise.all([this.alerts.readSnooze(), this.pause.show()]), NOW_EVERY);
    this.refreshNow = paced(() => this.loadNow(), NOW_EVERY);
    this.refreshDay = paced(() => this.day.reload(), DAY_EVERY);
    this.refreshMorning = paced(() => this.morning.show(), DAY_EVERY);
  }

  async open() {
    await this.loadNow();
    this.day = new DayView(this.wearer, this.base, this.time, this.clock, () => this.card.present(), (list, isToday, reactions) =>
      this.alerts.list(list, isToday, reactions));
    await this.day.open(null);
    this.live = new Live(`${this.base}/live`, {
      state: (state) => {
        showState(state);
        if (state === "live") {
          // An alert between the lists and the stream is in history a moment later.
          setTimeout(this.refreshDay, 5000);
          // Only alerts are repeated after a lost connection.
          this.refreshQuiet();
        }
      },
      now: (now) => {
        this.showNow(now);
        this.refreshDay();
      },
      clock: (tick) => this.clock.observe(tick.at),
      bout: () => {
        this.refreshNow();
        this.refreshDay();
      },
      alert: (alert) => {
        this.alerts.arrived(alert);
        this.refreshDay();
      },
      response: (response) => {
        this.alerts.answered(response);
        this.refreshDay();
      },
    });
    this.timers = [
      setInterval(() => this.tick(), 1000),
      setInterval(() => document.hidden || this.refreshNow(), 30000),
      setInterval(() => document.hidden || this.refreshMorning(), MORNING_EVERY),
      // Hours and meetings begin by themselves.
      setInterval(() => document.hidden || this.refreshQuiet(), QUIET_EVERY),
    ];
    this.onVisible = () => document.hidden || this.wake();
    // A page that comes back from the browser's memory was never hidden.
    this.onShown = (event) => event.persisted && this.wake();
    document.addEventListener("visibilitychange", this.onVisible);
    window.addEventListener("pageshow", this.onShown);
    const rest = [
      this.morning.show(),
      new Advice(this.base, () => this.alerts.sample()).load(),
      new Effect(this.base).load(),
      this.alerts.readSnooze(),
      this.pause.show(),
      new Push(this.base).show(),
    ];
    await Promise.all(rest).catch((error) => console.warn(error.message));
  }

  close() {
    this.live?.close();
    this.day?.close();
    this.timers?.forEach(clearInterval);
    this.morning.close();
    document.removeEventListener("visibilitychange", this.onVisible);
    window.removeEventListener("pageshow", this.onShown);
  }

  /** What was said elsewhere while the page slept did not reach it. */
  wake() {
    this.refreshNow();
    this.refreshDay();
    this.refreshMorning();
    this.refreshQuiet();
  }

  async loadNow() {
    this.showNow(await get(`${this.base}/now`));
  }

  showNow(now) {
    this.clock.observe(now.asOf);
    this.card.show(now);
    this.devices(now.devices);
    const empty = now.devices.length === 0 && !now.since;
    showMessage(
      empty ? t("page.connectTitle") : null,
      el("p", {}, t("page.connect", { name: this.wearer.name })),
      el("pre", {}, el("code", {}, `./lumbar device add --wearer ${quoted(this.wearer.name)} --placement trouser-pocket`)),
      ...(this.mayAdd ? [el("p", { class: "quiet" }, t("page.connectMore"), " ", addPhone(), ". ", t("page.connectThen"))] : []),
    );
  }

  devices(devices) {
    if (devices.length === 0) {
      byId("devices").replaceChildren(el("p", { class: "quiet" }, t("page.noDevice")));
      return;
    }
    byId("devices").replaceChildren(
      el("ul", { class: "rows" }, ...devices.map((device) => this.device(device, devices.find((each) => each.id === device.via)))),
      ...(this.mayAdd ? [el("p", { class: "more" }, addPhone())] : []));
  }

  /** A device, and the one through which it is heard. */
  device(device, via) {
    const age = device.lastSeen ? (this.clock.now() - millis(device.lastSeen)) / 1000 : null;
    const state = age === null ? "away" : age < 120 ? "here" : "quiet-for-now";
    const when = age === null ? t("page.notHeard") : age < 60 ? t("page.justNow") : t("page.ago", { span: span(age) });
    const seen = via ? t("page.heardBy", { when, name: via.name }) : when;
    return el(
      "li",
      {},
      el("span", { class: `dot ${state}`, "aria-hidden": "true" }),
      el("span", { class: "what" }, device.name, el("span", { class: "quiet" }, ` ${named("worn", device.placement)}`)),
      el("span", { class: "seen" }, seen),
    );
  }

  tick() {
    this.card.tick();
    this.day.tick();
    this.alerts.tick();
  }
}

const addPhone = () => el("a", { href: "/connect" }, t("page.addPhone"));

const quoted = (name) => (/^[\w.-]+$/.test(name) ? name : `"${name}"`);

function showState(state) {
  byId("link-state").dataset.state = state;
  say(byId("link-state"), t(`state.${state}`));
}

function showMessage(title, ...body) {
  byId("message").hidden = title === null;
  const words = body.map((part) => part.textContent).join("");
  if (title !== null && byId("message-body").textContent !== words) {
    say(byId("message-title"), title);
    byId("message-body").replaceChildren(...body);
  }
}

let board = null;

let mayAdd = false;

async function show(wearer) {
  board?.close();
  board = new Board(wearer, mayAdd);
  document.title = `${wearer.name} \u00b7 Lumbar`;
  remember(wearer.id);
  await board.open();
}

/** In the language of the wearer who is shown. */
async function choose(wearer) {
  await speak(wearer.language);
  await show(wearer);
}

function chooser(wearers, chosen) {
  const select = byId("wearer");
  const several = wearers.length > 1;
  select.hidden = !several;
  byId("wearer-label").hidden = !several;
  byId("wearer-name").hidden = several;
  say(byId("wearer-name"), chosen.name);
  select.replaceChildren(...wearers.map((wearer) => el("option", { value: wearer.id }, wearer.name)));
  select.value = chosen.id;
  select.onchange = () =>
    choose(wearers.find((wearer) => wearer.id === select.value)).catch(trouble);
}

function trouble(error) {
  showState("reconnecting");
  showMessage(t("page.trouble"), el("p", {}, error.message));
}

async function start() {
  const me = await get("/api/v1/me");
  if (me.wearers.length === 0) {
    await speak(navigator.language.slice(0, 2));
    byId("board").hidden = true;
    showMessage(t("welcome.title"), ...welcome());
    return;
  }
  mayAdd = me.role !== "wearer";
  const chosen = chosenOf(me.wearers);
  chooser(me.wearers, chosen);
  await choose(chosen);
}

start().catch(trouble);
