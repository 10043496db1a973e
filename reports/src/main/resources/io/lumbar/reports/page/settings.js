import { get, orNull, patch, post, upload } from "./api.js";
import { ChannelList } from "./channels.js";
import { byId, el, refill, say } from "./dom.js";
import { Night } from "./night.js";
import { Place } from "./place.js";
import { Push } from "./push.js";
import { Rules } from "./rules.js";
import { dateInWords } from "./time.js";
import { Trial } from "./trial.js";
import { chosenOf, head } from "./wearer.js";
import { counted, language, speak, t } from "./words.js";

const LISTEN_DAYS = 3;
const DAY = 86400000;
const EDITIONS = ["daily", "weekly", "monthly"];

const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);

/** The settings of one wearer. */
class SettingsPage {
  #base;
  #rules = new Rules();
  #trial;
  #channels;
  #mails;
  #asOf;
  #calendarRead = false;

  constructor(base) {
    this.#base = base;
    this.#trial = new Trial(base);
  }

  async open() {
    const { types } = await get(`${this.#base}/channels`);
    this.#mails = types.includes("email");
    this.#channels = new ChannelList(this.#base, types, (settings) => this.#showAside(settings));
    const wearer = await patch(`${this.#base}/settings`, {});
    const { settings } = wearer;
    this.#asOf = await this.#present();
    this.#rules.show(settings);
    this.#showAside(settings);
    new Place(this.#base).show(wearer);
    byId("rules").onsubmit = (event) => {
      event.preventDefault();
      this.#telling(byId("saved"), () => this.#save());
    };
    byId("try").onclick = () => this.#telling(byId("saved"), () => this.#try());
    byId("settings").hidden = false;
    await this.#telling(byId("trouble"), async () => {
      await Promise.all([this.#health(), new Night(this.#base, this.#trial).show(), new Push(this.#base).show()]);
    });
  }

  async #telling(place, run) {
    try {
      say(place, "");
      await run();
    } catch (error) {
      say(place, error.message);
    }
  }

  async #save() {
    const change = this.#rules.change();
    if (change) {
      const { settings } = await patch(`${this.#base}/settings`, change);
      this.#rules.show(settings);
      if (settings.alerts.language !== language()) {
        location.reload();
        return;
      }
      this.#showAside(settings);
      say(byId("saved"), t("settings.saved"));
    }
  }

  async #try() {
    const change = this.#rules.change();
    if (change) {
      byId("trial").scrollIntoView({ block: "nearest" });
      await this.#trial.run(change);
    }
  }

  /** What is kept at once, each by itself. */
  #showAside(settings) {
    this.#channels.show(settings);
    this.#telling(byId("trouble"), () => this.#listening());
    this.#meetings(settings.alerts);
    this.#reports(settings.reports);
  }

  #keeper(change, trouble) {
    return () => this.#telling(trouble, async () => {
      const { settings } = await patch(`${this.#base}/settings`, await change());
      this.#showAside(settings);
    });
  }

  async #listening() {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const { listening, listenUntil } = await get(`${this.#base}/rules/advice`);
    const words = listening
      ? t("settings.listening", { date: dateInWords(listenUntil.slice(0, 10)) })
      : t("settings.listen");
    const change = listening ? () => ({ alerts: { listenUntil: null } }) : () => this.#listenAgain();
    byId("listening").replaceChildren(
      el("p", {}, words),
      el("div", { class: "actions" }, button(t(listening ? "settings.beginNow" : "settings.listenThree"), this.#keeper(change, trouble), { id: "listen" })),
      trouble,
    );
  }

  /** By the server's clock, which may be a demo's. */
  async #present() {
    const { asOf } = await get(`${this.#base}/now`);
    return Date.parse(asOf);
  }

  async #listenAgain() {
    return { alerts: { listenUntil: new Date(await this.#present() + LISTEN_DAYS * DAY).toISOString() } };
  }

  #meetings({ calendar, busy }) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const known = calendar || busy.length > 0;
    // What is over is kept too, for settings to be tried on.
    const ahead = busy.filter((time) => Date.parse(time.to) > this.#asOf).length;
    const address = el("input", { type: "url", name: "calendar", required: true, placeholder: "https://calendar.example.org/anna.ics" });
    const form = el("form", { class: "inline-form" },
      el("label", {}, t("settings.calendar"), address),
      el("div", { class: "actions" }, el("button", { type: "submit" }, t("settings.useIt"))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#calendarRead = false;
      this.#keeper(() => ({ alerts: { calendar: address.value } }), trouble)();
    });
    const file = el("input", { type: "file", accept: ".ics,text/calendar", id: "calendar-file" });
    file.addEventListener("change", () => this.#telling(trouble, async () => {
      const { until } = await upload("PUT", `${this.#base}/calendar`, await file.files[0].text(), "text/calendar");
      await this.#reload();
      say(byId("calendar-said"), t("settings.calendarRead", { date: dateInWords(until.slice(0, 10)) }));
    }));
    refill(
      byId("meetings"),
      el("p", {}, known
        ? `${t("settings.meetingsText")} ${counted("settings.busy", ahead)}`
        : t("settings.meetingsText")),
      el("p", { class: "quiet", id: "calendar-said", role: "status" }),
      trouble,
      form,
      el("label", { class: "inline-form" }, t("settings.calendarFile"), file),
      known ? el("div", { class: "actions" }, button(t("settings.forget"), this.#keeper(() => ({ alerts: { calendar: null, busy: [] } }), trouble), { class: "plain" })) : null,
    );
    if (calendar && !this.#calendarRead) {
      // What is known may be old, and an address may have ceased to work.
      this.#calendarRead = true;
      this.#readCalendar().catch((error) => say(byId("calendar-said"), error.message));
    }
  }

  async #readCalendar() {
    say(byId("calendar-said"), t("settings.calendarReading"));
    const { read, detail } = await post(`${this.#base}/calendar`, {});
    await this.#reload();
    say(byId("calendar-said"), read ? t("settings.calendarNow") : detail);
  }

  async #reload() {
    const { settings } = await patch(`${this.#base}/settings`, {});
    this.#asOf = await this.#present();
    this.#showAside(settings);
  }

  async #health() {
    const profile = await orNull(get(`${this.#base}/stretch-profile`));
    const words = await orNull(get(`/api/v1/stretch-words?lang=${language()}`));
    if (!profile || !words) {
      return;
    }
    const said = profile.conditions.map((id) => words.conditions[id] ?? id);
    refill(
      byId("health"),
      el("p", {}, said.length > 0 ? t("settings.youSaid", { what: said.join("; ") }) : t("settings.nothingSaid")),
      profile.bendBackwards ? el("p", {}, t("settings.bendBackwards")) : null,
      el("p", { class: "more" }, el("a", { href: "/stretches#about" }, t("settings.sayWhat"))),
    );
  }

  #reports(reports) {
    const form = byId("reports");
    const trouble = el("p", { class: "trouble", role: "alert" });
    const chosen = new Set(reports?.editions ?? ["daily"]);
    form.replaceChildren(
      this.#mails ? "" : el("p", { class: "trouble" }, t("channels.notHere", { setting: "mail.url" })),
      el("label", {}, t("settings.mailTo"), el("input", { type: "email", name: "email", value: reports?.email ?? "", placeholder: t("settings.nowhere") })),
      ...EDITIONS.map((id) =>
        el("label", { class: "check" }, el("input", { type: "checkbox", name: "edition", value: id, checked: chosen.has(id) }), el("span", {}, t(`settings.${id}`)))),
      el("div", { class: "actions" }, el("button", { type: "submit" }, t("settings.saveAddress"))),
      trouble,
    );
    form.onsubmit = (event) => {
      event.preventDefault();
      const given = new FormData(form);
      const email = given.get("email");
      this.#keeper(() => ({ reports: email ? { email, editions: given.getAll("edition") } : null }), trouble)();
    };
  }
}

async function start() {
  const { wearers } = await get("/api/v1/me");
  const chosen = chosenOf(wearers);
  if (!chosen) {
    location.assign("/");
    return;
  }
  head(wearers, chosen);
  await speak(chosen.language);
  document.title = `${t("settings.title")} \u00b7 Lumbar`;
  await new SettingsPage(`/api/v1/wearers/${encodeURIComponent(chosen.id)}`).open();
}

start().catch((error) => say(byId("trouble"), error.message));
