// Telegram's formatting entities as DOM. Offsets are UTF-16 code units, which are JavaScript's own.

import { el } from "./dom.js";
import { t } from "./i18n.js";

const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };
const SAFE = /^(https?:|tg:|mailto:|tel:)/i;
const LONG_QUOTE_LINES = 3;

/** Render `text`; `context` has `link(url)` and `command(text)`, called on a click, and `opened`, a Set of keys. */
export function renderText(text, entities, context) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, ordered, context);
}

function range(text, start, end, entities, context) {
  const out = document.createDocumentFragment();
  let at = start;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(at, entity.offset);
    const to = Math.min(end, entity.offset + entity.length);
    rest = others.filter((other) => other.offset >= to);
    if (to <= from) continue;
    out.append(text.slice(at, from));
    const inner = others.filter((other) => other.offset < to);
    out.append(wrap(entity, range(text, from, to, inner, context), text.slice(from, to), context));
    at = to;
  }
  out.append(text.slice(at, end));
  return out;
}

function wrap(entity, inner, plain, context) {
  const { type } = entity;
  if (SIMPLE[type]) return el(SIMPLE[type], {}, inner);
  if (type === "pre") return el("pre", {}, el("code", { dataset: { language: entity.language ?? "" } }, inner));
  if (type === "blockquote") return el("blockquote", {}, inner);
  if (type === "expandable_blockquote") return longQuote(entity, inner, plain, context);
  if (type === "spoiler") return spoiler(entity, inner, context);
  if (type === "bot_command") return command(inner, plain, context);
  const url = address(entity, plain);
  if (url) return link(url, inner, context);
  return el("span", { class: `entity-${type}` }, inner);
}

function address({ type, url }, plain) {
  const whole = plain.includes("://") ? plain : `https://${plain}`;
  const target = { text_link: url, url: whole, email: `mailto:${plain}` }[type];
  return target && SAFE.test(target) ? target : null;
}

function link(url, inner, context) {
  const open = (event) => {
    if (context.link(url)) event.preventDefault();
  };
  return el("a", { href: url, target: "_blank", rel: "noopener noreferrer", on: { click: open } }, inner);
}

function command(inner, plain, context) {
  return el("button", { type: "button", class: "command", on: { click: () => context.command(plain) } }, inner);
}

function spoiler(entity, inner, { opened }) {
  const key = `spoiler:${entity.offset}`;
  const node = el("span", { class: "spoiler" }, inner);
  if (opened.has(key)) return node;
  Object.assign(node, { tabIndex: 0, role: "button", ariaLabel: t("spoiler") });
  node.classList.add("spoiler-hidden");
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    opened.add(key);
    node.classList.remove("spoiler-hidden");
    for (const name of ["tabindex", "role", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  return node;
}

function longQuote(entity, inner, plain, { opened }) {
  const key = `quote:${entity.offset}`;
  const body = el("div", { class: "quote-body" }, inner);
  const quote = el("blockquote", {}, body);
  if (plain.split("\n").length <= LONG_QUOTE_LINES && plain.length < 80) return quote;
  const toggle = el("button", { type: "button", class: "quote-toggle" });
  const show = () => {
    const open = opened.has(key);
    body.classList.toggle("quote-closed", !open);
    toggle.textContent = t(open ? "showLess" : "showMore");
    toggle.ariaExpanded = String(open);
  };
  toggle.addEventListener("click", () => {
    if (!opened.delete(key)) opened.add(key);
    show();
  });
  show();
  quote.append(toggle);
  return quote;
}
