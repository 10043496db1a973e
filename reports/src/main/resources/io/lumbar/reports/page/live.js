const EVENTS = ["now", "bout", "episode", "alert", "response", "clock"];
const QUIET_TOO_LONG = 45000;

/** The server's events of one wearer; comes back by itself, and says so while it is away. */
export class Live {
  #source = null;
  #url;
  #handlers;
  #lastHeard = 0;
  #watch;

  constructor(url, handlers) {
    this.#url = url;
    this.#handlers = handlers;
    this.#open();
    // A sleeping laptop or a dropped network leaves a connection that looks open for minutes.
    this.#watch = setInterval(() => {
      if (performance.now() - this.#lastHeard > QUIET_TOO_LONG) {
        this.#open();
      }
    }, 5000);
  }

  #open() {
    const again = this.#source !== null;
    this.#source?.close();
    this.#lastHeard = performance.now();
    this.#handlers.state(again ? "reconnecting" : "connecting");
    const source = new EventSource(this.#url);
    this.#source = source;
    source.onopen = () => this.#handlers.state("live");
    source.onerror = () => this.#handlers.state("reconnecting");
    for (const name of EVENTS) {
      source.addEventListener(name, (event) => {
        this.#lastHeard = performance.now();
        this.#handlers[name]?.(JSON.parse(event.data));
      });
    }
  }

  close() {
    clearInterval(this.#watch);
    this.#source?.close();
  }
}
