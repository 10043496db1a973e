import { byId, el, say, svg } from "./dom.js";
import { millis, span } from "./time.js";
import { t } from "./words.js";
import { postureName } from "./now.js";

const HEIGHT = 132;
const AXIS = 24;
const HOUR = 3600000;
// A second code beside the colour: the more upright and active, the taller.
const LEVEL = {
  lying: 0.3, "not-worn": 0.14, sitting: 0.5, travelling: 0.5, inactive: 0.4, upright: 0.74,
  standing: 0.74, walking: 0.9, stairs: 0.95, cycling: 0.95, running: 1, forgotten: 1,
};
const FORGOTTEN = "forgotten";
const ORDER = Object.keys(LEVEL).sort((a, b) => LEVEL[a] - LEVEL[b]);

/** One local day as a skyline of postures, 23 to 25 hours wide. */
export class Timeline {
  #host;
  #time;
  #clock;
  #data = null;
  #selected = -1;
  #pinned = -1;
  #onPick;
  #width = 0;

  /** @param onPick hears of a piece that was tapped, clicked or entered; null when of none */
  constructor(host, clock, onPick) {
    this.#host = host;
    this.#onPick = onPick;
    this.#clock = clock;
    this.resize = new ResizeObserver(() => {
      if (Math.abs(host.clientWidth - this.#width) > 1) {
        this.#draw();
      }
    });
    this.resize.observe(host);
  }

  close() {
    this.resize.disconnect();
  }

  /**
   * Shows items between `from` and `to` (epoch milliseconds) by the clocks of a zone, with marks where alerts were sent.
   * What the wearer had forgotten lies over whatever is still known of that time.
   */
  show(items, forgotten, alerts, from, to, isToday, time) {
    this.#time = time;
    const gone = forgotten.map((one) => ({ ...one, posture: FORGOTTEN }));
    const shown = [...items, ...gone]
      .filter((item) => item.posture !== "unknown")
      .map((item) => ({
        ...item,
        start: Math.max(from, millis(item.from)),
        end: Math.min(to, millis(item.to)),
        whole: [millis(item.from), millis(item.to)],
      }))
      .filter((item) => item.end > item.start)
      .sort((a, b) => a.start - b.start);
    const sameDay = this.#data !== null && this.#data.from === from;
    this.#data = { items: shown, alerts, from, to, isToday };
    if (!sameDay) {
      this.#selected = -1;
      this.#pinned = -1;
    }
    this.#draw();
    this.#legend();
  }

  /** Moves the line of the present. */
  tick() {
    if (this.#data?.isToday) {
      this.#placeNow();
    }
  }

  #x(at) {
    const { from, to } = this.#data;
    return ((at - from) / (to - from)) * this.#width;
  }

  #draw() {
    if (this.#data === null) {
      return;
    }
    this.#width = this.#host.clientWidth;
    const { items, alerts } = this.#data;
    const hadFocus = this.#host.contains(document.activeElement);
    const picture = svg("svg", {
      viewBox: `0 0 ${this.#width} ${HEIGHT + AXIS}`, width: this.#width, height: HEIGHT + AXIS,
      role: "img", tabindex: "0", "aria-label": this.#summary(), class: "picture",
    });
    picture.append(hatches(), this.#hours());
    const bars = items.map((item, index) => this.#bar(item, index));
    const isGone = (bar, index) => items[index].posture === FORGOTTEN;
    picture.append(...bars.filter((bar, index) => !isGone(bar, index)), ...bars.filter(isGone));
    for (const alert of alerts) {
      const mark = svg("circle", {
        class: "alert-mark", cx: this.#x(millis(alert.at)), cy: 7, r: 4,
      });
      mark.append(title(t("timeline.reminderAt", { time: this.#time.hhmm(millis(alert.at)) })));
      picture.append(mark);
    }
    picture.append(
      svg("line", { class: "ground", x1: 0, x2: this.#width, y1: HEIGHT, y2: HEIGHT }),
      svg("line", { class: "now-line-mark", y1: 14, y2: HEIGHT }),
    );
    this.#listen(picture);
    this.#host.replaceChildren(picture);
    if (hadFocus) {
      picture.focus({ preventScroll: true });
    }
    this.#placeNow();
    this.#select(this.#selected);
  }

  #bar(item, index) {
    const height = (HEIGHT - 18) * (LEVEL[item.posture] ?? 0.4);
    const x = this.#x(item.start);
    const width = Math.max(1, this.#x(item.end) - x);
    const bar = svg("rect", {
      class: `bar p-${item.posture}`, x: x.toFixed(2), y: (HEIGHT - height).toFixed(1),
      width: width.toFixed(2), height: height.toFixed(1), rx: width > 6 ? 3 : width > 2 ? 1 : 0,
      "data-index": index,
    });
    if (item.posture === "not-worn") {
      bar.setAttribute("fill", "url(#hatch)");
    } else if (item.posture === FORGOTTEN) {
      bar.setAttribute("fill", "url(#gone)");
    }
    return bar;
  }

  #hours() {
    const { from, to } = this.#data;
    const group = svg("g", { class: "hours" });
    const every = this.#width < 560 ? 6 : this.#width < 900 ? 3 : 2;
    for (let at = from; at <= to; at += HOUR / 2) {
      const [hour, minute] = this.#time.hhmm(at).split(":").map(Number);
      if (minute !== 0) {
        continue;
      }
      const x = this.#x(at);
      const labelled = hour % every === 0;
      group.append(
        svg("line", {
          class: labelled ? "hour major" : "hour", x1: x, x2: x, y1: labelled ? 14 : HEIGHT - 4,
          y2: HEIGHT + (labelled ? 4 : 0),
        }),
      );
      if (labelled) {
        const anchor = at === from ? "start" : at >= to - HOUR / 2 ? "end" : "middle";
        const text = at === to ? "24" : String(hour).padStart(2, "0");
        group.append(svg("text", { x, y: HEIGHT + 19, "text-anchor": anchor }, text));
      }
    }
    return group;
  }

  #placeNow() {
    const line = this.#host.querySelector(".now-line-mark");
    const { from, to, isToday } = this.#data;
    const at = this.#clock.now();
    const visible = isToday && at >= from && at <= to;
    line?.setAttribute("visibility", visible ? "visible" : "hidden");
    if (line && visible) {
      line.setAttribute("x1", this.#x(at));
      line.setAttribute("x2", this.#x(at));
    }
  }

  #listen(picture) {
    const at = (event) => {
      const box = picture.getBoundingClientRect();
      const { from, to, items } = this.#data;
      const instant = from + ((event.clientX - box.left) / box.width) * (to - from);
      return nearest(items, instant, ((to - from) / box.width) * 4);
    };
    const look = (event) => this.#select(at(event));
    picture.addEventListener("pointermove", look);
    picture.addEventListener("pointerdown", look);
    picture.addEventListener("pointerleave", () => this.#select(this.#pinned));
    picture.addEventListener("click", (event) => this.#pin(at(event)));
    picture.addEventListener("keydown", (event) => {
      const last = this.#data.items.length - 1;
      const moves = {
        ArrowRight: Math.min(last, this.#selected + 1),
        ArrowLeft: this.#selected < 0 ? last : Math.max(0, this.#selected - 1),
        Home: 0, End: last, Escape: -1,
      };
      if (event.key in moves) {
        event.preventDefault();
        this.#pin(moves[event.key]);
      }
    });
  }

  /** A piece stays chosen until another is. */
  #pin(index) {
    this.#pinned = index;
    this.#select(index);
    const item = this.#data.items[index] ?? null;
    // Of a forgotten time there is nothing to correct.
    this.#onPick(item?.posture === FORGOTTEN ? null : item);
  }

  #select(index) {
    this.#selected = index;
    const item = this.#data.items[index];
    this.#host.querySelector(".bar.picked")?.classList.remove("picked");
    if (item === undefined) {
      say(byId("timeline-detail"), this.#hint());
      return;
    }
    this.#host.querySelector(`.bar[data-index="${index}"]`)?.classList.add("picked");
    const [start, end] = item.whole;
    const until = item.open ? t("day.now") : this.#time.hhmm(end);
    say(
      byId("timeline-detail"),
      `${postureName(item.posture)} ${this.#time.hhmm(start)} \u2013 ${until} \u00b7 ${span((end - start) / 1000)}`,
    );
  }

  #hint() {
    return this.#data.items.length === 0
      ? t("timeline.nothing")
      : t(matchMedia("(hover: hover)").matches ? "timeline.point" : "timeline.touch");
  }

  #summary() {
    const { items } = this.#data;
    if (items.length === 0) {
      return t("timeline.labelNothing");
    }
    const sums = new Map();
    for (const item of items) {
      sums.set(item.posture, (sums.get(item.posture) ?? 0) + (item.end - item.start) / 1000);
    }
    const parts = [...sums].map(([posture, seconds]) => `${postureName(posture)} ${span(seconds)}`);
    return t("timeline.label", { parts: parts.join(", ") });
  }

  #legend() {
    const present = new Set(this.#data.items.map((item) => item.posture));
    byId("legend").replaceChildren(
      ...ORDER.filter((posture) => present.has(posture)).map((posture) =>
        el("li", {}, el("span", { class: `swatch p-${posture}`, "aria-hidden": "true" }), postureName(posture)),
      ),
    );
  }
}

function nearest(items, at, slack) {
  let best = -1;
  let distance = slack;
  items.forEach((item, index) => {
    const away = at < item.start ? item.start - at : at > item.end ? at - item.end : 0;
    // What is forgotten lies on top.
    const isHidden = distance === 0 && items[best]?.posture === FORGOTTEN;
    if ((away < distance || away === 0) && !isHidden) {
      best = index;
      distance = away;
    }
  });
  return best;
}

function title(text) {
  return svg("title", {}, text);
}

function hatches() {
  return svg("defs", {}, hatch("hatch", 6), hatch("gone", 9));
}

/** Lines that lean, so and so far apart. */
function hatch(id, apart) {
  const pattern = svg("pattern", {
    id, width: apart, height: apart, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  pattern.append(svg("rect", { class: `${id}-ground`, width: apart, height: apart }));
  pattern.append(svg("line", { class: `${id}-line`, x1: 0, y1: 0, x2: 0, y2: apart }));
  return pattern;
}
