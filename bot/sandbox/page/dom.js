// Small helpers for building the page. Data only ever becomes text nodes and attributes, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element. `props`: `class`, `dataset`, `on` (listeners), DOM properties, or attributes. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** A picture from icons.svg; always beside words or under an aria-label, so hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

export const $ = (id) => document.getElementById(id);

const CHINESE_NAME = /^\p{Script=Han}{2,4}$/u;
const GROUP_KINDS = new Set(["group", "supergroup", "channel"]);

/** A round coloured initial; the bot wears the seal. The colour follows from the id, so it is stable. */
export function avatar({ id, name, kind = "user", isBot = false }) {
  const square = GROUP_KINDS.has(kind) ? " avatar-group" : "";
  if (isBot) return el("span", { class: "avatar avatar-bot", ariaHidden: "true" }, icon("seal"));
  const given = kind === "user" && CHINESE_NAME.test(name);
  const initial = [...name.trim()].at(given ? -1 : 0);
  return el("span", { class: `avatar tint-${tint(id)}${square}`, ariaHidden: "true" }, initial ?? "?");
}

/** One of eight colours, the same for a person everywhere. */
export function tint(id) {
  return Math.abs(id) % 8;
}

/** Move focus through `items` with the arrow keys; returns true when the key was one of ours. */
export function arrowFocus(event, items, { back = "ArrowUp", forth = "ArrowDown" } = {}) {
  const step = { [back]: -1, [forth]: 1 }[event.key];
  const at = items.indexOf(document.activeElement);
  let next = null;
  if (step) next = items[Math.min(items.length - 1, Math.max(0, at + step))];
  else if (event.key === "Home") next = items[0];
  else if (event.key === "End") next = items.at(-1);
  if (!next) return false;
  event.preventDefault();
  next.focus();
  return true;
}
