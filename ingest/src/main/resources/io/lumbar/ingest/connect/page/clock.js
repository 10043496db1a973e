const WORTH_CORRECTING = 30_000;
const JUMP = 250;

/**
 * Turns the browser's monotonic times into milliseconds since 1970, by the server's clock where
 * this phone's is off by more than half a minute.
 */
export class Clock {
  #skew = 0;
  #anchor = null;

  /** Takes the server's time, from an answer to a request that was sent and answered at those times. */
  observe(response, sentAt, answeredAt) {
    const told = Date.parse(response.headers.get("Date") ?? "");
    if (!Number.isNaN(told)) {
      // The header has whole seconds: in the middle half a second has passed.
      const skew = told + 500 - (sentAt + answeredAt) / 2;
      this.#skew = Math.abs(skew) > WORTH_CORRECTING ? skew : 0;
    }
  }

  /** Minutes by which this phone's clock is off, or 0. */
  get minutesOff() {
    return Math.round(this.#skew / 60_000);
  }

  /**
   * The distance from monotonic time to the calendar. It stays as it is until it has jumped: a
   * phone that slept, or a clock that was set.
   */
  anchor() {
    const fresh = Date.now() - performance.now() + this.#skew;
    if (this.#anchor === null || Math.abs(fresh - this.#anchor) > JUMP) {
      this.#anchor = fresh;
    }
    return this.#anchor;
  }
}
