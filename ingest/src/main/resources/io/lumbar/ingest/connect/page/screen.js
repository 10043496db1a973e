const HOLD = 2_000;

/** Keeps the screen on, and dark for the pocket. */
export class Screen {
  #lock = null;
  #wanted = false;
  #cover;
  #timer = null;

  constructor(cover) {
    this.#cover = cover;
    document.addEventListener("visibilitychange", () => this.#renew());
    cover.addEventListener("pointerdown", () => {
      this.#timer = setTimeout(() => this.light(), HOLD);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
      cover.addEventListener(end, () => clearTimeout(this.#timer));
    }
    cover.addEventListener("contextmenu", (event) => event.preventDefault());
    addEventListener("keydown", (event) => event.key === "Escape" && this.light());
  }

  /** Whether the browser promises that the screen stays on. */
  get stays() {
    return this.#lock !== null && !this.#lock.released;
  }

  async keep() {
    this.#wanted = true;
    await this.#renew();
  }

  async release() {
    this.#wanted = false;
    this.light();
    await this.#lock?.release();
    this.#lock = null;
  }

  /** Black, and deaf to touches that are shorter than two seconds. */
  dark() {
    this.#cover.hidden = false;
    document.documentElement.requestFullscreen?.().catch(() => {});
  }

  light() {
    clearTimeout(this.#timer);
    this.#cover.hidden = true;
    if (document.fullscreenElement) {
      document.exitFullscreen().catch(() => {});
    }
  }

  async #renew() {
    if (this.#wanted && !this.stays && document.visibilityState === "visible") {
      try {
        this.#lock = await navigator.wakeLock.request("screen");
      } catch {
        // An old browser, or a battery that is nearly empty: the page says that it may turn off.
        this.#lock = null;
      }
    }
  }
}
