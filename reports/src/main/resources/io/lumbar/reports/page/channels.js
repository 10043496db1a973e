import { patch, post } from "./api.js";
import { byId, el, say } from "./dom.js";

const TYPES = {
  ntfy: { name: "ntfy", url: "Server", urlExample: "https://ntfy.example.org", to: "Topic", secret: "Access token, where the topic needs one" },
  webhook: { name: "Webhook", url: "Address", urlExample: "https://example.org/hook", secret: "Signing secret", made: true, required: true, quiet: true },
  mqtt: { name: "MQTT and Home Assistant", lead: "Over the broker that this server uses.", quiet: true },
  email: { name: "E-mail", to: "Address", toType: "email", plain: true },
  telegram: { name: "Telegram", to: "Number of the chat", secret: "Token of your bot", required: true },
  gotify: { name: "Gotify", url: "Server", urlExample: "https://gotify.example.org", secret: "Application token", required: true },
};
const KINDS = [["long-sitting", "Long sitting"], ["inactive", "Few steps"]];
const NIGHT = "arched-sleep";
const LEVELS = [["no", "not here"], ["low", "quietly"], ["normal", "as usual"], ["high", "urgently"]];
const KEY_BYTES = 24;

const button = (words, onclick, more = {}) => el("button", { type: "button", onclick, ...more }, words);

/** The ways besides the page, in the wearer's order; each change is kept at once. */
export class ChannelList {
  #base;
  #changed;
  #host = byId("channels");
  #channels = [];
  #trouble = el("p", { class: "trouble", role: "alert" });

  /** @param changed told of the settings after each change */
  constructor(base, changed) {
    this.#base = base;
    this.#changed = changed;
  }

  show(settings) {
    this.#channels = settings.alerts.channels;
    const rows = this.#channels.map((channel, at) => this.#row(channel, at));
    this.#host.replaceChildren(
      this.#channels.length > 0
        ? el("ul", { class: "rows" }, ...rows)
        : el("p", { class: "quiet" }, "None yet."),
      this.#trouble,
      this.#adding(),
    );
  }

  #row(channel, at) {
    const said = el("p", { class: "quiet said", role: "status" });
    const test = async () => {
      say(said, "Sending\u2026");
      try {
        const path = `${this.#base}/channels/${encodeURIComponent(channel.name)}/test`;
        const { delivered, detail } = await post(path, {});
        say(said, delivered ? "The test has arrived there." : `It did not arrive: ${detail}`);
      } catch (error) {
        say(said, error.message);
      }
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
      el("span", { class: "quiet" }, ` ${TYPES[channel.type]?.name ?? "This browser"}${channel.when === "otherwise" ? ", when none above was reached" : ""}`),
      el(
        "div",
        { class: "row-buttons" },
        button("Send a test", test, { class: "plain" }),
        button("Up", () => to(at - 1), { class: "plain", disabled: at === 0, "aria-label": `${channel.name} further up` }),
        button("Down", () => to(at + 1), { class: "plain", disabled: at === this.#channels.length - 1, "aria-label": `${channel.name} further down` }),
        button("Remove", () => this.#keep(this.#channels.filter((other) => other !== channel)), { class: "plain", "aria-label": `Remove ${channel.name}` }),
      ),
      said,
      this.#gets(channel),
    );
  }

  /** What it gets, how urgently, and when. */
  #gets(channel) {
    const type = TYPES[channel.type] ?? {};
    const replace = (change) =>
      this.#keep(this.#channels.map((other) => (other === channel ? { ...channel, ...change } : other)));
    const take = (night) => {
      const chosen = this.#chosen(levels, night);
      if (chosen) {
        return replace(chosen);
      }
      this.show({ alerts: { channels: this.#channels } });
      say(this.#trouble, `To get nothing at all there, remove ${channel.name}.`);
      return null;
    };
    const levels = new Map(KINDS.map(([kind]) => [kind, this.#level(channel, kind)]));
    const choice = ([kind, words]) => {
      const select = el("select", { "aria-label": `${words} on ${channel.name}` },
        ...LEVELS.filter(([id]) => !type.plain || id === "no" || id === "normal").map(([id, name]) => el("option", { value: id }, name)));
      select.value = levels.get(kind);
      select.addEventListener("change", () => {
        levels.set(kind, select.value);
        take(channel.kinds.includes(NIGHT));
      });
      return [el("span", {}, words), select];
    };
    const when = el("select", { "aria-label": `When ${channel.name} is used` },
      el("option", { value: "always" }, "always"),
      el("option", { value: "otherwise" }, "if none above was reached"));
    when.value = channel.when;
    when.addEventListener("change", () => replace({ when: when.value }));
    const night = el("input", { type: "checkbox", checked: channel.kinds.includes(NIGHT) });
    night.addEventListener("change", () => take(night.checked));
    return el(
      "details",
      {},
      el("summary", {}, "What it gets"),
      el("div", { class: "kinds" }, ...KINDS.flatMap(choice), el("span", {}, "Used"), when),
      type.quiet ? el("label", { class: "check" }, night, el("span", {}, "At night, when your back is arched, if that is switched on")) : null,
    );
  }

  #level(channel, kind) {
    const day = channel.kinds.filter((each) => each !== NIGHT);
    const gets = channel.kinds.length === 0 || day.includes(kind);
    return gets ? channel.priorities?.[kind] ?? "normal" : "no";
  }

  /** No kinds would mean all of them: null for nothing at all. */
  #chosen(levels, night) {
    const kinds = [...levels].filter(([, level]) => level !== "no").map(([kind]) => kind);
    const urgent = [...levels].filter(([, level]) => level === "low" || level === "high");
    if (kinds.length === 0 && !night) {
      return null;
    }
    const all = kinds.length === KINDS.length && !night;
    return {
      kinds: all ? [] : [...kinds, ...(night ? [NIGHT] : [])],
      priorities: Object.fromEntries(urgent),
    };
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
    const type = el("select", { id: "channel-type" }, ...Object.entries(TYPES).map(([id, { name }]) => el("option", { value: id }, name)));
    const fill = () => fields.replaceChildren(...this.#fields(TYPES[type.value], type.value));
    type.addEventListener("change", fill);
    fill();
    const form = el(
      "form",
      { class: "inline-form", id: "add-channel" },
      el("label", {}, "Kind", type),
      fields,
      el("div", { class: "actions" }, el("button", { type: "submit", class: "primary" }, "Add it")),
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
    return el("details", { class: "add-channel" }, el("summary", {}, "Add another way"), form);
  }

  #fields(type, id) {
    const names = new Set(this.#channels.map(({ name }) => name));
    let name = id;
    for (let at = 2; names.has(name); at += 1) {
      name = `${id}-${at}`;
    }
    const field = (words, attributes) => el("label", {}, words, el("input", attributes));
    return [
      type.lead ? el("p", { class: "quiet" }, type.lead) : null,
      field("Your name for it", { name: "name", value: name, pattern: "[a-z0-9][a-z0-9\\-]{0,31}", required: true, autocomplete: "off", title: "small letters, digits and -" }),
      type.url ? field(type.url, { name: "url", type: "url", required: true, placeholder: type.urlExample }) : null,
      type.to ? field(type.to, { name: "to", type: type.toType ?? "text", required: true, autocomplete: "off" }) : null,
      type.secret ? field(type.secret, { name: "secret", required: type.required, autocomplete: "off", value: type.made ? signingSecret() : null }) : null,
      type.made ? el("p", { class: "quiet" }, "Give the secret to the receiver now; it is not shown again.") : null,
    ].filter(Boolean);
  }
}

/** As Svix writes them: whsec_ and random bytes in base64. */
function signingSecret() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return `whsec_${btoa(String.fromCharCode(...bytes))}`;
}
