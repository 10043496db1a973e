import { get, post, remove } from "./api.js";
import { byId, el, say } from "./dom.js";
import { t } from "./words.js";

const WORKER = "/push-worker.js";

/** Reminders on this device while the page is closed, by the browser's own push service. */
export class Push {
  #base;
  #host = byId("push");

  constructor(base) {
    this.#base = base;
  }

  /** Shows the choice, where the browser has one: it takes https, or the same machine. */
  async show() {
    if (!("serviceWorker" in navigator) || !("PushManager" in window) || !window.isSecureContext) {
      this.#host.replaceChildren();
      return;
    }
    const registration = await navigator.serviceWorker.getRegistration("/");
    const subscription = await registration?.pushManager.getSubscription();
    const trouble = el("p", { class: "trouble", role: "alert" });
    const run = (action) => async () => {
      try {
        say(trouble, "");
        await action();
        await this.show();
      } catch (error) {
        say(trouble, t("failed", { why: error.message }));
      }
    };
    const change = subscription
      ? el("button", { type: "button", class: "plain", onclick: run(() => this.#stop(subscription)) }, t("push.stop"))
      : el("button", { type: "button", class: "plain", id: "push-here", onclick: run(() => this.#start()) }, t("push.start"));
    this.#host.replaceChildren(change, trouble);
  }

  async #start() {
    if (await Notification.requestPermission() !== "granted") {
      throw new Error(t("push.refused"));
    }
    const registration = await navigator.serviceWorker.register(WORKER);
    await navigator.serviceWorker.ready;
    const { key } = await get(`${this.#base}/push`);
    // After a move of the server the old subscription has another key.
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    await post(`${this.#base}/push`, subscription.toJSON());
  }

  async #stop(subscription) {
    await remove(`${this.#base}/push`, { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
}
