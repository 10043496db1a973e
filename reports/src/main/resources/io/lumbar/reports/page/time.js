import { locale } from "./words.js";

const DAY = 86400000;

/** Times in the wearer's zone, whatever zone the browser is in. */
export class ZoneTime {
  constructor(zone) {
    this.zone = zone;
    this.clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    });
    this.day = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit",
    });
  }

  /** 14:05 */
  hhmm(millis) {
    return this.clock.format(millis);
  }

  /**
   * The instant at which these clocks show a date and a time, as 14:05; the earlier of two, and
   * where the clocks leap over it the one that an hour less of summer time would have.
   */
  instant(date, hhmm) {
    const shown = Date.parse(`${date}T${hhmm}:00Z`);
    const reads = (at) => Date.parse(`${this.date(at)}T${this.hhmm(at)}:00Z`);
    const offset = (at) => reads(at) - at;
    const [one, other] = [shown - offset(shown - DAY), shown - offset(shown + DAY)].sort((a, b) => a - b);
    return reads(one) === shown ? one : other;
  }

  /** 2026-03-02 */
  date(millis) {
    return this.day.format(millis);
  }
}

export const millis = (iso) => Date.parse(iso);

export function shiftDate(date, days) {
  return new Date(Date.parse(date + "T12:00:00Z") + days * DAY).toISOString().slice(0, 10);
}

export function dateInWords(date) {
  return new Intl.DateTimeFormat(locale(), {
    weekday: "long", day: "numeric", month: "long", timeZone: "UTC",
  }).format(Date.parse(date + "T12:00:00Z"));
}

/** 46 s, 12 min, 1 h 05 min */
export function span(seconds) {
  if (seconds < 60) {
    return `${Math.max(0, Math.floor(seconds))} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/**
 * The server's clock, as its answers tell it. Its pace is measured too: a demo plays an hour in a
 * minute, and the minutes shown here must be those of the wearer.
 */
export class ServerClock {
  #server = Date.now();
  #local = performance.now();
  #pace = 1;
  #measured = 1;
  #known = false;

  observe(iso) {
    const server = Date.parse(iso);
    const local = performance.now();
    const passed = local - this.#local;
    if (this.#known && passed < 1500) {
      return;
    }
    if (this.#known) {
      const before = this.#measured;
      this.#measured = (server - this.#server) / passed;
      // A laptop that wakes up sees one great leap, a demo sees a steady pace.
      const steady = before > 1.5 && this.#measured > 1.5 && this.#measured < 1000;
      this.#pace = steady ? this.#measured : 1;
    }
    this.#server = server;
    this.#local = local;
    this.#known = true;
  }

  /** Seconds of the server's clock as seconds of waiting here. */
  waited(seconds) {
    return seconds / this.#pace;
  }

  now() {
    return this.#server + (performance.now() - this.#local) * this.#pace;
  }
}
