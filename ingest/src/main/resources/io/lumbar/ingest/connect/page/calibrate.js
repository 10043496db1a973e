import { get, post } from "/assets/api.js";
import { byId, el, say, svg } from "/assets/dom.js";
import { Clock } from "./clock.js";
import { HINT, NAME, Plan, POSITION, SHORT, SIDE } from "./poses.js";
import { Screen } from "./screen.js";
import { Voice } from "./voice.js";

const TICK = 100;
const ASK_AGAIN = 1_000;
/** So long motion that the sensor keeps back is waited for. */
const PATIENCE = 5 * 60_000;
/** A refusal that is younger may only mean that the last pose or its motion is on its way. */
const ON_ITS_WAY = 4_000;
/** Poses that were told so shortly before belong to the same bed, of which the first gives the time. */
const SAME_BED = 60 * 60_000;
/** A page that stood still for longer has missed part of a pose. */
const ASLEEP = 5_000;
const START_TONE = 520;
const END_TONE = 780;
const WORN_ON = {
  "chest": "chest", "waist": "waist", "lower-back": "lower back", "thigh": "thigh", "trouser-pocket": "trouser pocket",
};
/** Nobody can tell how a body lies from its thigh alone. */
const ON_A_LEG = ["thigh", "trouser-pocket"];
const CARDS = ["choice", "standing-card", "bed-card"];

const clock = new Clock();
const screen = new Screen(byId("cover"));
const voice = new Voice();

let wearers = [];
let wearer = null;
let sensors = [];
/** Counts runs, so that what an earlier one still waits for is let go. */
let current = 0;

const now = () => clock.anchor() + performance.now();
const after = (millis) => new Promise((resolve) => setTimeout(resolve, millis));
const trouble = (error) => say(byId("trouble"), error.message);

async function readClock() {
  const sentAt = Date.now();
  const response = await fetch("/connect/app/icon.svg", { cache: "no-store" });
  clock.observe(response, sentAt, Date.now());
}

async function calibrations() {
  const { items } = await get(`/api/v1/wearers/${encodeURIComponent(wearer.id)}/calibrations`);
  return items;
}

const known = (items) => items.find((item) => item.device === byId("device").value) ?? {};

/** The other sensors that lie in bed too, with what is known of them. */
function others(items) {
  return sensors
    .filter((sensor) => isOnTheTrunk(sensor) && sensor.id !== byId("device").value)
    .map((sensor) => ({ ...sensor, bed: items.find((item) => item.device === sensor.id)?.bed }));
}

function day(instant) {
  return new Date(instant).toLocaleString("en-GB", {
    day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: wearer.zone,
  });
}

async function showKnown() {
  const { standing, bedLearned } = known(await calibrations());
  say(byId("known-standing"), standing ? day(standing) : "not yet");
  say(byId("known-bed"), bedLearned ? day(bedLearned) : "not yet");
  byId("known").hidden = false;
}

const isOnTheTrunk = ({ placement }) => !ON_A_LEG.includes(placement);
const isOnALeg = () => ON_A_LEG.includes(sensors.find((sensor) => sensor.id === byId("device").value)?.placement);

async function showSensor() {
  byId("result").hidden = true;
  byId("bed-card").hidden = byId("known-bed-row").hidden = isOnALeg();
  say(byId("standing-use"), isOnALeg()
    ? "Sitting is told from there until the sensor is put elsewhere, before any walk shows it."
    : "Bends are measured from there until you stand again, or walks show that the sensor sits otherwise.");
  await showKnown();
}

async function showDevices() {
  say(byId("trouble"), "");
  byId("known").hidden = true;
  byId("result").hidden = true;
  const { items } = await get(`/api/v1/wearers/${encodeURIComponent(wearer.id)}/devices`);
  sensors = items.filter((device) => device.placement in WORN_ON);
  byId("device").replaceChildren(
    ...sensors.map((device) => new Option(`${device.name}, ${WORN_ON[device.placement]}`, device.id)));
  for (const id of ["device", "standing", "bed"]) {
    byId(id).disabled = sensors.length === 0;
  }
  if (sensors.length === 0) {
    say(byId("trouble"), `${wearer.name} has no sensor yet that can be calibrated. Whoever set up Lumbar can add one.`);
    return;
  }
  await showSensor();
}

function show(moment, plan) {
  const { number, pose, holding, left, share } = moment;
  say(byId("step"), plan.count > 1 ? `Pose ${number + 1} of ${plan.count}` : "One pose");
  say(byId("pose"), NAME[pose]);
  say(byId("hint"), HINT[pose]);
  say(byId("phase"), holding ? "keep still" : "get into it");
  say(byId("seconds"), String(Math.ceil(left / 1_000)));
  byId("run").querySelector(".ring").dataset.phase = holding ? "hold" : "turn";
  byId("ring").setAttribute("stroke-dasharray", `${100 * share} 100`);
}

function tell(before, moment, aloud) {
  const turned = before?.number !== moment?.number;
  if (before?.holding && (turned || !moment)) {
    voice.tone(END_TONE);
  }
  if (moment && turned && aloud) {
    voice.say(NAME[moment.pose]);
  }
  if (moment?.holding && !before?.holding) {
    voice.tone(START_TONE);
  }
  if (!moment && aloud) {
    voice.say("Done. Thank you.");
  }
}

/** Leads through the poses and tells each that was kept; false when somebody stopped it. */
async function lead(plan, run) {
  const aloud = byId("aloud").checked;
  let before = null;
  let told = 0;
  let last = now();
  while (told < plan.count) {
    const time = now();
    if (run !== current) {
      return false;
    }
    if (time - last > ASLEEP) {
      throw new Error("The phone slept for a moment, so part of a pose was missed. Keep this page open and start again.");
    }
    last = time;
    const moment = plan.at(time);
    tell(before, moment, aloud);
    before = moment;
    if (moment) {
      show(moment, plan);
    }
    if (plan.pose(told).to <= time) {
      await state(plan.pose(told));
      told++;
      last = now();
    }
    await after(TICK);
  }
  return true;
}

/** Tells a pose; in bed of all sensors on the trunk, because the wearer lies so for each of them. */
async function state({ pose, from, to }) {
  const device = byId("device").value;
  const also = pose === "standing" ? [] : others([]).map((sensor) => sensor.id);
  for (const id of [device, ...also]) {
    await post("/api/v1/calibrations", {
      wearer: wearer.id,
      device: id,
      pose,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
    });
  }
}

function result(title, line, judged = [], notes = []) {
  byId("result").hidden = false;
  say(byId("result-title"), title);
  say(byId("result-line"), line);
  byId("judged").replaceChildren(...judged);
  byId("notes").replaceChildren(...notes.map((note) => el("li", {}, note)));
}

function waiting() {
  result("Waiting for the sensor", "Its motion of these moments has not all arrived. This page goes on looking; it is learned even if you leave.");
}

/** How the readings of a pose are called now, as words and as a bar. */
function judgedPose(pose, counts) {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const right = counts[SIDE[pose]] ?? 0;
  const others = Object.entries(counts).filter(([side]) => side !== SIDE[pose]);
  const words = [`${right} of ${all} right`, ...others.map(([side, count]) => `${count} as ${POSITION[side]}`)];
  const share = (count) => `${(100 * count) / Math.max(1, all)}%`;
  return el(
    "li",
    {},
    el("p", {}, el("b", {}, SHORT[pose]), el("span", {}, words.join(", "))),
    svg(
      "svg",
      { "aria-hidden": "true" },
      svg("rect", { width: "100%", height: "100%", rx: 4, class: right < all ? "other" : "" }),
      svg("rect", { width: share(right), height: "100%", rx: 4, class: "right" }),
    ),
  );
}

function showLearned(bed, notes) {
  const change = `${Math.abs(bed.proppedDegrees)}\u00b0 ${bed.proppedDegrees < 0 ? "less" : "more"}`;
  result(
    "Learned",
    `Flat on your front the sensor reads ${bed.flatDegrees}\u00b0, propped ${change}. This is how it reads each pose now:`,
    Object.keys(SIDE).map((pose) => judgedPose(pose, bed.judged[pose] ?? {})),
    [...(bed.warnings.length > 0 ? bed.warnings.map(sentence) : ["No pose is taken for another."]), ...notes],
  );
}

/** What came of the same poses for another sensor. */
function inBrief({ name, placement, bed }, plan) {
  const isThis = bed !== undefined && isOf(bed, plan);
  const outcome = !isThis ? "not learned yet" : bed.accepted ? "learned too" : `not learned: ${bed.refused}`;
  return sentence(`${name}, ${WORN_ON[placement]}: ${outcome}`);
}

const isOf = (bed, plan) => plan.pose(0).from - Date.parse(bed.from) < SAME_BED;

const sentence = (text) => `${text[0].toUpperCase()}${text.slice(1)}${/[.?!]$/.test(text) ? "" : "."}`;

/**
 * Asks until the poses were learned from, or nothing more is to be expected.
 *
 * @param progress what to show, and whether that is the end; `settled` once the server had time to
 *     take note of all poses
 */
async function learned(run, progress) {
  const from = performance.now();
  waiting();
  while (run === current && performance.now() - from < PATIENCE) {
    const settled = performance.now() - from > ON_ITS_WAY;
    const items = await calibrations();
    if (progress(known(items), settled, others(items))) {
      await showKnown();
      return;
    }
    await after(ASK_AGAIN);
  }
}

function showStanding(item, plan) {
  const isThis = item.standing !== undefined && Date.parse(item.standing) === Math.floor(plan.pose(0).from);
  if (isThis) {
    result("Learned", `How you stand is known. ${isOnALeg() ? "Sitting is told" : "Bends are measured"} from it.`);
  }
  return isThis;
}

function showBed({ bed }, plan, settled, also) {
  const age = bed === undefined ? Infinity : plan.pose(0).from - Date.parse(bed.from);
  const isThis = age < 1 || (settled && age < SAME_BED);
  if (isThis && bed.accepted) {
    showLearned(bed, also.map((sensor) => inBrief(sensor, plan)));
  } else if (isThis && settled) {
    result("Not learned yet", sentence(bed.refused));
  }
  return isThis && bed.accepted;
}

async function go(plan, outcome) {
  const run = ++current;
  for (const card of CARDS) {
    byId(card).hidden = true;
  }
  say(byId("trouble"), "");
  byId("result").hidden = true;
  byId("run").hidden = false;
  voice.wake();
  await screen.keep();
  try {
    if (await lead(plan, run)) {
      end();
      await outcome(run);
    }
  } catch (error) {
    trouble(error);
  } finally {
    if (run === current) {
      end();
    }
  }
}

function end() {
  byId("run").hidden = true;
  for (const card of CARDS) {
    byId(card).hidden = card === "bed-card" && isOnALeg();
  }
  screen.release();
}

function stand() {
  const plan = Plan.standing(now());
  go(plan, (run) => learned(run, (item) => showStanding(item, plan)));
}

function lie() {
  const plan = Plan.bed(now(), byId("slowly").checked);
  go(plan, (run) => learned(run, (item, settled, also) => showBed(item, plan, settled, also)));
}

function stop() {
  current++;
  voice.hush();
  end();
}

async function main() {
  byId("standing").onclick = stand;
  byId("bed").onclick = lie;
  byId("stop").onclick = stop;
  byId("device").onchange = () => showSensor().catch(trouble);
  byId("wearer").onchange = () => {
    wearer = wearers.find((one) => one.id === byId("wearer").value);
    showDevices().catch(trouble);
  };
  await readClock();
  ({ wearers } = await get("/api/v1/me"));
  if (wearers.length === 0) {
    throw new Error("Nobody is there yet. Whoever set up Lumbar can add a person.");
  }
  wearer = wearers[0];
  byId("wearer").replaceChildren(...wearers.map((one) => new Option(one.name, one.id)));
  byId("wearer").hidden = byId("wearer-label").hidden = wearers.length < 2;
  await showDevices();
}

main().catch(trouble);
