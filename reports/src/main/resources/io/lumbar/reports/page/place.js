import { patch } from "./api.js";
import { byId, el, refill, say } from "./dom.js";
import { dateInWords, millis, ZoneTime } from "./time.js";
import { t } from "./words.js";

/** Asia/Tokyo is Tokyo. */
const placeOf = (zone) => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** Whether clocks differ now or in some season; a place has several names, and neighbours share a time. */
function differs(one, other) {
  try {
    const [here, there] = [one, other].map((zone) => new ZoneTime(zone));
    const year = new Date().getUTCFullYear();
    return [Date.now(), Date.UTC(year, 0, 1), Date.UTC(year, 6, 1)]
      .some((at) => here.hhmm(at) !== there.hhmm(at) || here.date(at) !== there.date(at));
  } catch {
    return false;
  }
}

/** Where the wearer is: whose clocks days, quiet hours and reports go by, now and from some time on. */
export class Place {
  #path;
  #host = byId("place");

  constructor(base) {
    this.#path = `${base}/settings`;
  }

  show({ zone, zones }) {
    const trouble = el("p", { class: "trouble", role: "alert" });
    const change = async (body) => {
      try {
        say(trouble, "");
        this.show(await patch(this.#path, body));
      } catch (error) {
        say(trouble, error.message);
      }
    };
    const button = (words, id, body) =>
      el("div", { class: "actions" }, el("button", { type: "button", id, onclick: () => change(body) }, words));
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const offered = here && differs(zone, here);
    const later = zones.slice(1).filter(({ validFrom }) => millis(validFrom) > Date.now());
    refill(
      this.#host,
      el("p", {}, t("place.now", { place: placeOf(zone) })),
      ...later.map((one) => el("p", {}, this.#from(one))),
      later.length > 0 ? button(t("place.stay", { place: placeOf(zone) }), "place-stay", { zone }) : null,
      offered ? el("p", {}, t("place.seems", { place: placeOf(here) })) : null,
      offered ? button(t("place.use", { place: placeOf(here) }), "place-use", { zone: here }) : null,
      trouble,
      this.#journey(change),
    );
  }

  #from({ zone, validFrom }) {
    const there = new ZoneTime(zone);
    const at = millis(validFrom);
    return t("place.later", { date: dateInWords(there.date(at)), time: there.hhmm(at), place: placeOf(zone) });
  }

  #journey(change) {
    const form = el("form", { class: "inline-form" },
      el("label", {}, t("place.zone"), el("input", { name: "zone", required: true, autocomplete: "off", list: "zones", placeholder: "Asia/Tokyo" })),
      el("label", {}, t("place.from"), el("input", { type: "datetime-local", name: "zoneFrom" })),
      el("p", { class: "quiet" }, t("place.before")),
      el("div", { class: "actions" }, el("button", { type: "submit" }, t("place.tell"))),
      el("datalist", { id: "zones" }, ...(Intl.supportedValuesOf?.("timeZone") ?? []).map((zone) => el("option", { value: zone }))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      change({ zone: given.get("zone"), zoneFrom: given.get("zoneFrom") || null });
    });
    return el("details", { id: "journey" }, el("summary", {}, t("place.journey")), form);
  }
}
