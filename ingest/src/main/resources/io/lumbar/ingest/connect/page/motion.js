const GRAVITY = 9.80665;
// Browsers report up to 100 times a second; walking and lying need 20.
const LEAST_STEP = 30;
const LONGEST_BATCH = 10_000;
const LONGEST_STEP = 2_000;
const FROM_NOW = 1_000;

/** Whether the browser has to be asked before it tells of motion, as on iOS. */
export const asks = () => typeof window.DeviceMotionEvent?.requestPermission === "function";

/** Asks, where that is needed; false when the person refused. Must be called from a click. */
export async function allowed() {
  return !asks() || (await window.DeviceMotionEvent.requestPermission()) === "granted";
}

/**
 * Reads the motion sensor: acceleration with gravity, in g, +1 on the axis that points up. Apple's
 * browsers count it the other way round and are turned over.
 *
 * Samples go in batches of at most ten seconds to `onBatch`, ascending, as { at, x, y, z }.
 */
export class Motion {
  /** The last sample, or null before the first. */
  last = null;
  #onBatch;
  #clock;
  #sign = navigator.vendor.startsWith("Apple") ? -1 : 1;
  #samples = [];
  #anchor = 0;
  #begun = 0;
  #before = -Infinity;
  #listener = (event) => this.#take(event);

  constructor(clock, onBatch) {
    this.#clock = clock;
    this.#onBatch = onBatch;
  }

  start() {
    window.addEventListener("devicemotion", this.#listener);
  }

  stop() {
    window.removeEventListener("devicemotion", this.#listener);
    this.flush();
    this.last = null;
  }

  /** Ends the batch that is being gathered. */
  flush() {
    const samples = this.#samples;
    this.#samples = [];
    if (samples.length > 0) {
      this.#onBatch(samples);
    }
  }

  #take(event) {
    const felt = event.accelerationIncludingGravity;
    if (!felt || felt.x === null || felt.y === null || felt.z === null) {
      return;
    }
    const now = performance.now();
    const time = Math.abs(event.timeStamp - now) < FROM_NOW ? event.timeStamp : now;
    const step = time - this.#before;
    if (step < LEAST_STEP) {
      return;
    }
    if (step > LONGEST_STEP || time - this.#begun >= LONGEST_BATCH) {
      this.flush();
    }
    if (this.#samples.length === 0) {
      this.#anchor = this.#clock.anchor();
      this.#begun = time;
    }
    this.#before = time;
    const scale = this.#sign / GRAVITY;
    this.last = {
      at: time + this.#anchor, x: felt.x * scale, y: felt.y * scale, z: felt.z * scale,
    };
    this.#samples.push(this.last);
  }
}

/** How the phone lies or stands, in words that a person can check. */
export function feels(sample) {
  const axes = [["z", "screen up", "screen down"], ["y", "upright", "upside down"], ["x", "on its left edge", "on its right edge"]];
  for (const [axis, positive, negative] of axes) {
    if (Math.abs(sample[axis]) > 0.8) {
      return sample[axis] > 0 ? positive : negative;
    }
  }
  return "in between";
}
