import { byId } from "./dom.js";
import { Hours, hhmm } from "./hours.js";

const NUMBERS = ["longSittingMinutes", "repeatMinutes"];
const MANNERS = ["cooldownMinutes", "spacingMinutes", "repeats", "snoozeLimit"];
const SWITCHES = ["backOff", "harderSnoozes"];
const BUDGETS = ["long-sitting", "inactive"];
const DEEP_BEND = "deep-bend";
const WEEK = ["mon", "tue", "wed", "thu", "fri"];
const TEN_PERCENT = 10;

/** The form of what the policy goes by. */
export class Rules {
  #form = byId("rules");
  #quiet = new Hours(byId("quiet"), { days: [], from: "22:00", to: "07:00" });
  #working = new Hours(byId("working"), { days: WEEK, from: "09:00", to: "17:00" });
  #saved;

  show(settings) {
    this.#saved = settings;
    const { alerts } = settings;
    NUMBERS.forEach((name) => { this.#field(name).value = settings[name]; });
    MANNERS.forEach((name) => { this.#field(name).value = alerts[name]; });
    SWITCHES.forEach((name) => { this.#field(name).checked = alerts[name]; });
    BUDGETS.forEach((kind) => { this.#field(`budget.${kind}`).value = alerts.dailyBudget[kind] ?? ""; });
    this.#field("deepBends").checked = alerts.dailyBudget[DEEP_BEND] > 0;
    this.#field("language").value = alerts.language;
    this.#field("consent").checked = alerts.withholdPercent > 0;
    ["awakeFrom", "awakeTo"].forEach((name) => { this.#field(name).value = hhmm(settings[name]); });
    const daily = settings.quietFrom ? [{ days: [], from: settings.quietFrom, to: settings.quietTo }] : [];
    this.#quiet.set([...daily, ...alerts.quietHours]);
    this.#working.set(alerts.workingHours);
  }

  /** What stands in the form, as a change of the settings; null when a field is not filled well. */
  change() {
    if (!this.#form.reportValidity()) {
      return null;
    }
    const { alerts } = this.#saved;
    const number = (name) => Number(this.#field(name).value);
    const manners = Object.fromEntries([
      ...MANNERS.map((name) => [name, number(name)]),
      ...SWITCHES.map((name) => [name, this.#field(name).checked]),
    ]);
    const [daily, ...quietHours] = this.#dailyFirst();
    return {
      ...Object.fromEntries(NUMBERS.map((name) => [name, number(name)])),
      awakeFrom: this.#field("awakeFrom").value,
      awakeTo: this.#field("awakeTo").value,
      quietFrom: daily?.from ?? null,
      quietTo: daily?.to ?? null,
      alerts: {
        ...manners,
        dailyBudget: this.#budgets(),
        quietHours,
        workingHours: this.#working.get(),
        language: this.#field("language").value,
        withholdPercent: this.#field("consent").checked ? alerts.withholdPercent || TEN_PERCENT : 0,
      },
    };
  }

  /** The daily quiet hours have a place of their own in the settings. */
  #dailyFirst() {
    const spans = this.#quiet.get();
    const daily = spans.find(({ days }) => days.length === 0);
    return [daily, ...spans.filter((span) => span !== daily)];
  }

  /** Null for a kind without a limit of its own. */
  #budgets() {
    const limit = ({ value }) => (value === "" ? null : Number(value));
    return {
      ...Object.fromEntries(BUDGETS.map((kind) => [kind, limit(this.#field(`budget.${kind}`))])),
      [DEEP_BEND]: this.#field("deepBends").checked ? 1 : null,
    };
  }

  #field(name) {
    return this.#form.elements[name];
  }
}
