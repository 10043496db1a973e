// What is sent was turned over already where that is needed.
const PATH = "/api/v1/motion?axes=android";
const BINARY = "application/vnd.lumbar.motion";
const MOST_TOGETHER = 60;
const PATIENCE = 30_000;
const LONGEST_WAIT = 60_000;

/**
 * Sends what the store holds, oldest first, and forgets a batch only after the server has said that
 * it is kept. What is sent twice because an answer was lost, the server counts as a duplicate.
 */
export class Sender {
  /** Empty while all is well, else a sentence. */
  trouble = "";
  /** When the next attempt is due, or null. */
  next = null;
  /** Whether a request is under way. */
  busy = false;
  /** Batches that the server did not want, and why the last. */
  refused = 0;
  reason = "";
  #store;
  #token;
  #clock;
  #onChange;
  #together = MOST_TOGETHER;
  #failures = 0;
  #timer = null;

  constructor(store, token, clock, onChange) {
    this.#store = store;
    this.#token = token;
    this.#clock = clock;
    this.#onChange = onChange;
    addEventListener("online", () => this.now());
  }

  /** Sends at once, however long the wait would have been. */
  now() {
    clearTimeout(this.#timer);
    this.next = null;
    if (!this.busy) {
      this.busy = true;
      this.#run()
        .catch(() => this.#rest(this.#later("This phone's storage does not answer.")))
        .finally(() => this.#ended());
    }
  }

  /** Sends, unless it waits for a better moment. */
  soon() {
    if (this.next === null) {
      this.now();
    }
  }

  async #run() {
    while (this.#store.size > 0) {
      const batches = await this.#store.oldest(this.#together);
      this.#onChange();
      const wait = batches.length === 0 ? null : await this.#send(batches);
      if (wait !== null) {
        this.#rest(wait);
        return;
      }
    }
  }

  #rest(wait) {
    this.next = Date.now() + wait;
    this.#timer = setTimeout(() => this.now(), wait);
  }

  #ended() {
    this.busy = false;
    // Something may have come while the last request ended.
    if (this.#store.size > 0) {
      this.soon();
    }
    this.#onChange();
  }

  /** Null when it may go on, else for how long to wait. */
  async #send(batches) {
    let response;
    const sentAt = Date.now();
    try {
      response = await fetch(PATH, {
        method: "POST",
        headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": BINARY },
        body: new Blob(batches.map((batch) => batch.bytes)),
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return this.#later("No connection to Lumbar.");
    }
    this.#clock.observe(response, sentAt, Date.now());
    const answer = await response.json().catch(() => ({}));
    if (response.ok) {
      this.#note(answer.rejected ?? []);
      return this.#arrived(batches);
    }
    if (response.status === 401 || response.status === 403) {
      this.trouble = "Lumbar does not know this phone any more. Ask for a new QR code.";
      return LONGEST_WAIT;
    }
    if (response.status === 400 || response.status === 413) {
      if (batches.length > 1) {
        this.#together = Math.ceil(batches.length / 2);
        return null;
      }
      this.#note([{ reason: answer.detail ?? `the server answered ${response.status}` }]);
      return this.#arrived(batches);
    }
    const asked = Number(response.headers.get("Retry-After")) * 1000;
    return this.#later("Lumbar is busy.", asked);
  }

  async #arrived(batches) {
    await this.#store.remove(batches);
    this.#together = MOST_TOGETHER;
    this.#failures = 0;
    this.trouble = "";
    this.#onChange();
    return null;
  }

  #note(rejected) {
    this.refused += rejected.length;
    this.reason = rejected.at(-1)?.reason ?? this.reason;
  }

  #later(sentence, least = 0) {
    this.trouble = sentence;
    this.#failures += 1;
    return Math.max(least, Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(6, this.#failures)));
  }
}
