import { Clock } from "./clock.js";
import { allowed, feels, Motion } from "./motion.js";
import { encode } from "./record.js";
import { Screen } from "./screen.js";
import { Sender } from "./sender.js";
import { Store } from "./store.js";

const PLACES = {
  thigh: "strapped to the thigh", chest: "on the chest", "lower-back": "on the lower back",
  waist: "at the waist", "trouser-pocket": "in the trouser pocket", wrist: "on the wrist",
  estimated: "not worn",
};
const SILENT_AFTER = 3_000;

const byId = (id) => document.getElementById(id);

function say(id, text) {
  const element = byId(id);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function span(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What a person sees and presses. */
class Page {
  #device;
  #store;
  #clock = new Clock();
  #motion = new Motion(this.#clock, (samples) => this.#keep(samples));
  #screen = new Screen(byId("dark"));
  #sender;
  #release = null;
  #startedAt = 0;
  #recordedMillis = 0;
  #missedMillis = 0;
  #hiddenAt = null;
  #fault = "";

  constructor(token, device, store) {
    this.#device = device;
    this.#store = store;
    this.#sender = new Sender(store, token, this.#clock, () => this.show());
    byId("start").onclick = () => this.#start();
    byId("stop").onclick = () => this.#stop();
    byId("pocket").onclick = () => this.#screen.dark();
    document.addEventListener("visibilitychange", () => this.#visible());
    addEventListener("pagehide", () => this.#motion.flush());
    setInterval(() => this.show(), 1000);
    this.#sender.now();
    this.show();
  }

  get #recording() {
    return this.#release !== null;
  }

  async #start() {
    byId("start").disabled = true;
    this.#fault = await this.#begin().catch((error) => error.message);
    byId("start").disabled = false;
    this.show();
  }

  /** Empty when it records, else a sentence. */
  async #begin() {
    if (!(await allowed())) {
      return "The browser was not allowed to read motion. Close the page, open it again and allow it.";
    }
    const release = await onlyHere(this.#device);
    if (release === null) {
      return "Another tab of this phone records already. Go there, or close it.";
    }
    this.#release = release;
    this.#startedAt = performance.now();
    this.#hiddenAt = null;
    this.#motion.start();
    await this.#screen.keep();
    await navigator.storage?.persist?.();
    return "";
  }

  async #stop() {
    this.#motion.stop();
    this.#release?.();
    this.#release = null;
    await this.#screen.release();
    this.show();
  }

  async #keep(samples) {
    const millis = samples.at(-1).at - samples[0].at;
    try {
      await this.#store.add(encode(samples), millis);
      this.#recordedMillis += millis;
      this.#sender.soon();
    } catch {
      this.#fault = "This phone's storage is full. What is recorded now is lost until there is room.";
    }
    this.show();
  }

  #visible() {
    if (document.visibilityState === "hidden") {
      this.#motion.flush();
      this.#hiddenAt = Date.now();
      return;
    }
    if (this.#hiddenAt !== null && this.#recording) {
      this.#missedMillis += Date.now() - this.#hiddenAt;
    }
    this.#hiddenAt = null;
    this.#sender.now();
    this.show();
  }

  show() {
    const felt = this.#motion.last;
    const silent =
      this.#recording && felt === null && performance.now() - this.#startedAt > SILENT_AFTER;
    byId("card").dataset.state = this.#recording ? (silent ? "paused" : "recording") : "ready";
    say("state", this.#recording ? (silent ? "Nothing to record" : "Recording") : "Ready");
    say("line", this.#line(silent));
    say("trouble", this.#fault || this.#clockOff());
    byId("start").hidden = this.#recording;
    byId("stop").hidden = !this.#recording;
    byId("pocket").hidden = !this.#recording || silent;
    say("sending", this.#sending());
    say("kept", this.#store.size === 0 ? "nothing waits" : `${span(this.#store.millis)} of motion waits`);
    say("recorded", this.#recordedMillis === 0 ? "nothing yet" : span(this.#recordedMillis));
    byId("missed-row").hidden = this.#missedMillis === 0;
    say("missed", `${span(this.#missedMillis)}, the page was hidden`);
    byId("refused-row").hidden = this.#sender.refused === 0;
    say("refused", `${this.#sender.refused} parts: ${this.#sender.reason}`);
    say("feels", felt === null ? "\u2013" : feels(felt));
    say("screen", !this.#recording ? "\u2013" : this.#screen.stays ? "stays on" : "may turn off: set it to stay on");
  }

  #line(silent) {
    if (silent) {
      return "This device has no motion sensor, or the browser keeps it to itself.";
    }
    return this.#recording
      ? "Leave this page open and the screen on."
      : "Press start, then put the phone where it is worn.";
  }

  #sending() {
    const { busy, next, trouble } = this.#sender;
    if (next !== null) {
      return `${trouble} Tries again in ${span(Math.max(0, next - Date.now()))}.`;
    }
    return busy && this.#store.size > 0 ? "sending" : "up to date";
  }

  #clockOff() {
    const minutes = this.#clock.minutesOff;
    return minutes === 0
      ? ""
      : `This phone's clock is ${Math.abs(minutes)} min ${minutes < 0 ? "ahead" : "behind"}. Lumbar corrects for it; set the clock to automatic.`;
  }
}

/** A function that lets others record again, or null when another tab does already. */
function onlyHere(device) {
  return new Promise((resolve) => {
    navigator.locks.request(`lumbar ${device}`, { ifAvailable: true }, (lock) => {
      if (lock === null) {
        resolve(null);
        return null;
      }
      return new Promise((release) => resolve(release));
    });
  });
}

/** What the server has said last about the token's device, or null. */
function remembered(token) {
  return JSON.parse(localStorage.getItem(`lumbar ${token}`) ?? "null");
}

async function askWhose(token) {
  try {
    const response = await fetch(`/connect/${token}/device`, { credentials: "omit" });
    if (response.ok) {
      localStorage.setItem(`lumbar ${token}`, JSON.stringify(await response.json()));
    }
  } catch {
    // Without a connection it is as it was.
  }
  const device = remembered(token);
  if (device !== null) {
    say("whose", `${device.name} of ${device.wearer}, ${PLACES[device.placement] ?? device.placement}`);
  }
  return device;
}

function unfit() {
  if (!window.isSecureContext) {
    return "Browsers let a page read motion only where its address begins with https://, and this one does not. Whoever set up Lumbar for you can give you such an address.";
  }
  return "DeviceMotionEvent" in window ? "" : "This browser tells pages nothing about motion.";
}

async function main() {
  const token = location.pathname.split("/")[2];
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = `/connect/${token}/manifest.webmanifest`;
  document.head.append(manifest);
  const asked = askWhose(token);
  const reason = unfit();
  if (reason !== "") {
    say("state", "Cannot record here");
    say("trouble", reason);
    byId("start").hidden = true;
    byId("rows").hidden = true;
    return;
  }
  navigator.serviceWorker?.register("/connect/app/worker.js", { scope: "/connect/" });
  const id = remembered(token)?.id ?? (await asked)?.id ?? token;
  new Page(token, id, await Store.open(id, token));
}

main().catch((error) => say("trouble", error.message));
