/** Makes an element; properties of `data` and `aria-` go in as attributes, text stays text. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  fill(made, properties, children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function fill(made, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") {
      made.className = value;
    } else if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : value);
    }
  }
  made.append(...present(children));
}

/** Puts children into an element in place of what it holds; as in el, null is none. */
export function refill(host, ...children) {
  host.replaceChildren(...present(children));
}

const present = (children) => children.filter((child) => child !== null && child !== undefined);

export const byId = (id) => document.getElementById(id);

/** Sets text only when it differs, so that screen readers hear changes alone. */
export function say(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
