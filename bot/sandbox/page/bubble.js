// One message as DOM. Parts that did not change keep their nodes, so focus, clicks and scrolling survive edits.

import { avatar, el, icon, tint } from "./dom.js";
import { renderText } from "./entities.js";
import { t } from "./i18n.js";
import { keyboard } from "./keyboard.js";
import { enlarge } from "./notice.js";
import { author, messagesOf, state } from "./store.js";
import * as time from "./time.js";

const TOGETHER_MS = 5 * 60_000;
const opened = new Map();

/** Make the list item for `message`. `acts`: link(url), command(text), menu(message, anchor), jump(id). */
export function bubble(message, acts) {
  const node = el("li", { class: "message", dataset: { messageId: message.id }, tabIndex: -1 });
  fill(node, message, acts);
  return node;
}

/** Bring an existing item up to date, leaving its keyboard alone when that did not change. */
export function refresh(node, message, acts) {
  fill(node, message, acts);
}

function fill(node, message, acts) {
  node.hidden = !message.deleted && head(message).id !== message.id;
  if (node.hidden) return node.replaceChildren();
  node.classList.toggle("mine", message.from === state.viewer);
  node.classList.toggle("is-service", Boolean(message.service));
  node.classList.toggle("is-deleted", message.deleted);
  const keys = JSON.stringify(message.deleted ? null : message.buttons);
  const old = node.querySelector(":scope > .stack > .keyboard");
  const keep = old && node.dataset.keys === keys;
  const board = keep ? old : keyboard(message, acts.link);
  node.dataset.keys = keys;
  if (message.service) return node.replaceChildren(el("p", { class: "service" }, message.service));
  if (message.deleted) return node.replaceChildren(gone(message));
  const focus = old && !keep && old.contains(document.activeElement) ? document.activeElement.dataset.button : null;
  place(node, content(message, acts), board, message);
  if (focus !== null) refocus(node, focus);
  return node;
}

function place(node, body, board, message) {
  const stack = node.querySelector(":scope > .stack");
  if (!stack) {
    node.replaceChildren(face(message), el("div", { class: "stack" }, body, board));
    return;
  }
  stack.firstElementChild.replaceWith(body);
  const old = stack.querySelector(":scope > .keyboard");
  if (old === board) return;
  old?.remove();
  if (board) stack.append(board);
}

function refocus(node, text) {
  const same = [...node.querySelectorAll("[data-button]")].find((each) => each.dataset.button === text);
  (same ?? node).focus({ preventScroll: true });
}

function face(message) {
  return el("div", { class: "face" }, avatar(author(message.from)));
}

function gone(message) {
  return el("p", { class: "service gone" }, el("s", {}, message.name), ` · ${t("deleted")}`);
}

function content(message, acts) {
  const who = author(message.from);
  const name = el("div", { class: `author ink-${tint(who.id ?? 0)}${who.isBot ? " author-bot" : ""}` }, message.name);
  const parts = album(message);
  const shown = parts.flatMap((part) => part.files.map((file) => attachment(file, part)));
  const files = parts.length > 1 ? el("div", { class: "album" }, shown) : shown;
  const text = parts.filter((part) => part.text).map((part) => words(part, acts));
  const origin = message.forward ? el("div", { class: "origin" }, t("forwardedFrom", { name: message.forward })) : null;
  const topic = message.topic ? el("div", { class: "topic" }, `# ${message.topic}`) : null;
  const menu = el("button", { type: "button", class: "more", tabIndex: -1, ariaLabel: t("messageMenu") }, icon("more"));
  menu.addEventListener("click", () => acts.menu(message, menu));
  return el("div", { class: "bubble" }, name, topic, origin, quoted(message, acts), files, text, stamp(message, menu));
}

/** The messages that are shown as one: an album's pictures, or the message alone. */
function album(message) {
  if (!message.album) return [message];
  const same = (each) => each.album === message.album && !each.deleted;
  const parts = [...messagesOf(message.chat).values()].filter(same).sort((one, other) => one.id - other.id);
  return parts.length ? parts : [message];
}

/** The message in whose place this one is shown: an album's first, else itself. */
export const head = (message) => album(message)[0];

function words(message, acts) {
  const key = `${message.chat}/${message.id}`;
  if (!opened.has(key)) opened.set(key, new Set());
  const context = { link: acts.link, command: acts.command, opened: opened.get(key) };
  return el("div", { class: "text", dir: "auto" }, renderText(message.text, message.entities, context));
}

function stamp(message, menu) {
  const edited = message.edited ? el("span", { class: "edited" }, `${t("edited")} `) : null;
  const iso = new Date(message.date).toISOString();
  return el("div", { class: "stamp" }, menu, edited, el("time", { dateTime: iso }, time.minutes(message.date)));
}

function quoted(message, acts) {
  if (!message.replyTo) return null;
  const origin = messagesOf(message.chat).get(message.replyTo);
  const lines = [el("strong", {}, origin?.name ?? "…"), el("span", {}, message.quote ?? excerpt(origin))];
  const jump = { click: () => acts.jump(message.replyTo) };
  return el("button", { type: "button", class: "quoted", tabIndex: -1, on: jump }, lines);
}

/** One line that stands for a message in lists, quotes and the pinned bar. */
export function excerpt(message) {
  if (!message) return "…";
  if (message.deleted) return t("deleted");
  if (message.service) return message.service;
  const kind = message.files.length ? `${t(fileKind(message.files[0]))} ` : "";
  return kind + message.text.replace(/\s+/g, " ").slice(0, 120);
}

const fileKind = (file) => (["photo", "voice"].includes(file.kind) ? file.kind : "document");

function attachment(file, message) {
  const kind = fileKind(file);
  if (kind === "voice") return el("audio", { controls: true, src: file.url, preload: "none" });
  if (kind === "document") return chip(file);
  const image = el("img", { src: file.url, alt: message.text.split("\n")[0] || t("photo"), decoding: "async" });
  if (file.width && file.height) Object.assign(image, { width: file.width, height: file.height });
  const open = { click: () => enlarge(file) };
  return el("button", { type: "button", class: "photo", ariaLabel: t("enlarge"), on: open }, image);
}

function chip(file) {
  const link = { class: "file", href: file.url, download: file.name, ariaLabel: t("download", { name: file.name }) };
  return el("a", link, icon("file"), el("span", {}, file.name));
}

/** Set what depends on the message before: a day line, whether author and face are repeated, one line for a run of deleted ones. */
export function decorate(node, message, before) {
  const newDay = !before || time.dayKey(before.date) !== time.dayKey(message.date);
  const plain = (each) => each && !each.service && !each.deleted;
  const together = !newDay && plain(message) && plain(before) && before.from === message.from;
  node.classList.toggle("joined", together && message.date - before.date < TOGETHER_MS);
  if (message.deleted) node.hidden = !newDay && before.deleted && before.from === message.from;
  if (newDay) node.dataset.day = time.day(message.date);
  else delete node.dataset.day;
}
