import { patch, post } from "./api.js";
import { Deliveries } from "./deliveries.js";
import { byId, el, say } from "./dom.js";
import { t } from "./words.js";

// Labels are keys of words.
const TYPES = {
  ntfy: { url: "channels.server", urlExample: "https://ntfy.example.org", to: "channels.topic", secret: "channels.token" },
  webhook: { name: "channels.webhook", url: "channels.address", urlExample: "https://example.org/hook", secret: "channels.signing", made: true, required: true, quiet: true },
  mqtt: { name: "channels.mqtt", setting: "mqtt.url", lead: "channels.mqttLead", quiet: true },
  email: { name: "channels.email", setting: "mail.url", to: "channels.address", toType: "email", plain: true },
  telegram: { brand: "Telegram", to: "channels.chat", secret: "channels.bot", required: true },
  gotify: { brand: "Gotify", url: "channels.server", urlExample: "https://gotify.example.org", secret: "channels.appToken", required: true },
};
/** All that a channel without a list of kinds gets; each has its row, so that none is lost without being seen. */
const KINDS = ["long-sitting", "inactive", "deep-bend", "data-silence", "device-care"];
const NIGHT = "arched-sleep";
const LEVELS = ["no", "low", "normal", "high"];
const KEY_BYTES = 24;

const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);

/** What a type is called; push alone has no entry. */
function typeName(id) {
  const type = TYPES[id];
  return type ? type.brand ?? (type.name ? t(type.name) : id) : t("channels.browser");
}

/** The ways besides the page, in the wearer's order; each change is kept at once. */
export class ChannelList {
  #base;
  #changed;
  #host = byId("channels");
  #channels = [];
  #types;
  #deliveries;
  #trouble = el("p", { class: "trouble", role: "alert" });

  /**
   * @param types that the server can deliver by
   * @param changed told of the settings after each change
   */
  constructor(base, types, changed) {
    this.#base = base;
    this.#deliveries = new Deliveries(base);
    this.#types = types;
    this.#changed = changed;
  }

  show(settings) {
    this.#channels = settings.alerts.channels;
    this.#deliveries.clear();
    const rows = this.#channels.map((channel, at) => this.#row(channel, at));
    this.#host.replaceChildren(
      this.#channels.length > 0
        ? el("ul", { class: "rows" }, ...rows)
        : el("p", { class: "quiet" }, t("channels.none")),
      this.#deliveries.missed(),
      this.#trouble,
      this.#adding(),
    );
    this.#readDeliveries();
  }

  async #readDeliveries() {
    try {
      await this.#deliveries.load();
    } catch (error) {
      say(this.#trouble, error.message);
    }
  }

  #row(channel, at) {
    const said = el("p", { class: "quiet said", role: "status" });
    const test = async () => {
      say(said, t("channels.sending"));
      try {
        const path = `${this.#base}/channels/${encodeURIComponent(channel.name)}/test`;
        const { delivered, detail } = await post(path, {});
        say(said, delivered ? t("channels.arrived") : t("channels.notArrived", { why: detail }));
      } catch (error) {
        say(said, error.message);
      }
      this.#readDeliveries();
    };
    const to = (place) => {
      const order = this.#channels.filter((other) => other !== channel);
      order.splice(place, 0, channel);
      return this.#keep(order);
    };
    return el(
      "li",
      { class: "channel" },
      el("strong", {}, channel.name),
      el("span", { class: "quiet" }, ` ${channel.when === "otherwise" ? t("channels.otherwise", { type: typeName(channel.type) }) : typeName(channel.type)}`),
      el(
        "div",
        { class: "row-buttons" },
        button(t("channels.test"), test, { class: "plain" }),
        button(t("channels.up"), () => to(at - 1), { class: "plain", disabled: at === 0, "aria-label": t("channels.upLabel", channel) }),
        button(t("channels.down"), () => to(at + 1), { class: "plain", disabled: at === this.#channels.length - 1, "aria-label": t("channels.downLabel", channel) }),
        button(t("channels.remove"), () => this.#keep(this.#channels.filter((other) => other !== channel)), { class: "plain", "aria-label": t("channels.removeLabel", channel) }),
      ),
      said,
      this.#deliveries.of(channel.name),
      this.#gets(channel),
    );
  }

  /** What it gets, how urgently, and when. */
  #gets(channel) {
    const type = TYPES[channel.type] ?? {};
    const replace = (change) =>
      this.#keep(this.#channels.map((other) => (other === channel ? { ...channel, ...change } : other)));
    const take = (night) => {
      const chosen = chosenOf(channel, levels, night);
      if (chosen) {
        return replace(chosen);
      }
      this.show({ alerts: { channels: this.#channels } });
      say(this.#trouble, t("channels.nothing", channel));
      return null;
    };
    const levels = new Map(KINDS.map((kind) => [kind, this.#level(channel, kind)]));
    const choice = (kind) => {
      const words = t(`kind.${kind}`);
      const select = el("select", { "aria-label": t("channels.levelOn", { kind: words, name: channel.name }) },
        ...LEVELS.filter((id) => !type.plain || id === "no" || id === "normal").map((id) => el("option", { value: id }, t(`level.${id}`))));
      const level = levels.get(kind);
      select.value = type.plain && level !== "no" ? "normal" : level;
      select.addEventListener("change", () => {
        levels.set(kind, select.value);
        take(channel.kinds.includes(NIGHT));
      });
      return [el("span", {}, words), select];
    };
    const when = el("select", { "aria-label": t("channels.whenUsed", channel) },
      el("option", { value: "always" }, t("channels.always")),
      el("option", { value: "otherwise" }, t("channels.ifNone")));
    when.value = channel.when;
    when.addEventListener("change", () => replace({ when: when.value }));
    const night = el("input", { type: "checkbox", checked: channel.kinds.includes(NIGHT) });
    night.addEventListener("change", () => take(night.checked));
    return el(
      "details",
      {},
      el("summary", {}, t("channels.gets")),
      el("div", { class: "kinds" }, ...KINDS.flatMap(choice), el("span", {}, t("channels.used")), when),
      type.quiet ? el("label", { class: "check" }, night, el("span", {}, t("channels.nightToo"))) : null,
    );
  }

  #level(channel, kind) {
    const day = channel.kinds.filter((each) => each !== NIGHT);
    const gets = channel.kinds.length === 0 || day.includes(kind);
    return gets ? channel.priorities?.[kind] ?? "normal" : "no";
  }

  async #keep(channels) {
    try {
      say(this.#trouble, "");
      const { settings } = await patch(`${this.#base}/settings`, { alerts: { channels } });
      this.#changed(settings);
    } catch (error) {
      say(this.#trouble, error.message);
    }
  }

  #adding() {
    const fields = el("div", { class: "inline-form" });
    const type = el("select", { id: "channel-type" }, ...Object.keys(TYPES).map((id) => el("option", { value: id }, typeName(id))));
    const fill = () => fields.replaceChildren(...this.#fields(TYPES[type.value], type.value));
    type.addEventListener("change", fill);
    fill();
    const form = el(
      "form",
      { class: "inline-form", id: "add-channel" },
      el("label", {}, t("channels.kind"), type),
      fields,
      el("div", { class: "actions" }, el("button", { type: "submit", class: "primary" }, t("channels.addIt"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = new FormData(form);
      this.#keep([...this.#channels, {
        name: given.get("name"),
        type: type.value,
        ...(given.get("url") ? { url: given.get("url") } : {}),
        ...(given.get("to") ? { to: given.get("to") } : {}),
        secrets: given.get("secret") ? [given.get("secret")] : [],
      }]);
    });
    return el("details", { class: "add-channel" }, el("summary", {}, t("channels.addAnother")), form);
  }

  #fields(type, id) {
    const names = new Set(this.#channels.map(({ name }) => name));
    let name = id;
    for (let at = 2; names.has(name); at += 1) {
      name = `${id}-${at}`;
    }
    const field = (words, attributes) => el("label", {}, words, el("input", attributes));
    return [
      type.setting && !this.#types.includes(id) ? el("p", { class: "trouble" }, t("channels.notHere", { setting: type.setting })) : null,
      type.lead ? el("p", { class: "quiet" }, t(type.lead)) : null,
      field(t("channels.yourName"), { name: "name", value: name, pattern: "[a-z0-9][a-z0-9\\-]{0,31}", required: true, autocomplete: "off", title: t("channels.nameForm") }),
      type.url ? field(t(type.url), { name: "url", type: "url", required: true, placeholder: type.urlExample }) : null,
      type.to ? field(t(type.to), { name: "to", type: type.toType ?? "text", required: true, autocomplete: "off" }) : null,
      type.secret ? field(t(type.secret), { name: "secret", required: type.required, autocomplete: "off", value: type.made ? signingSecret() : null }) : null,
      type.made ? el("p", { class: "quiet" }, t("channels.giveSecret")) : null,
    ].filter(Boolean);
  }
}

/** What is chosen in the rows, with all that the channel names besides; null for nothing at all, because no kinds would mean all of them. */
function chosenOf(channel, levels, night) {
  const kinds = [...levels].filter(([, level]) => level !== "no").map(([kind]) => kind);
  const besides = channel.kinds.filter((kind) => kind !== NIGHT && !levels.has(kind));
  if (kinds.length === 0 && besides.length === 0 && !night) {
    return null;
  }
  const priorities = { ...channel.priorities };
  for (const [kind, level] of levels) {
    if (level === "normal") {
      delete priorities[kind];
    } else if (level !== "no") {
      priorities[kind] = level;
    }
  }
  const all = kinds.length === levels.size && besides.length === 0 && !night;
  return { kinds: all ? [] : [...kinds, ...besides, ...(night ? [NIGHT] : [])], priorities };
}

/** As Svix writes them: whsec_ and random bytes in base64. */
function signingSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
