// The open conversation: a log that grows at the bottom, is edited in place and never jumps under the reader.

import { bubble, decorate, head, refresh } from "./bubble.js";
import { $, arrowFocus } from "./dom.js";
import { t } from "./i18n.js";
import { isLoaded, lastRead, markRead, on, sorted, state } from "./store.js";

const PAGE = 150;
const NEAR_BOTTOM_PX = 80;
const FLASH_MS = 1_600;

let acts = null;
let shown = [];
let missed = 0;
let limit = PAGE;
let following = true;

/** Show the open chat and keep showing it; `actions` are handed to every bubble. */
export function startConversation(actions) {
  acts = { ...actions, jump: jumpTo };
  const log = $("messages");
  $("log").addEventListener("scroll", scrolled, { passive: true });
  $("to-bottom").addEventListener("click", toBottom);
  $("earlier").addEventListener("click", showEarlier);
  log.addEventListener("load", () => following && toBottom(), true);
  log.addEventListener("keydown", (event) => walk(event, log));
  new ResizeObserver(() => following && toBottom()).observe($("log"));
  on("chat viewer language", renderAll);
  on("messages", changed);
}

function renderAll() {
  limit = PAGE;
  missed = 0;
  following = true;
  draw();
  const unread = shown.find((message) => message.id > lastRead(state.chat) && message.from !== state.viewer);
  toBottom();
  if (unread && lastRead(state.chat)) nodeOf(unread.id).scrollIntoView({ block: "center", behavior: "instant" });
  markRead(state.chat);
}

function draw() {
  const all = state.chat === null ? [] : sorted(state.chat);
  shown = all.slice(-limit);
  $("earlier").hidden = shown.length === all.length;
  $("messages").replaceChildren(...shown.map((message) => bubble(message, acts)));
  shown.forEach((message, at) => decorate(nodeOf(message.id), message, shown[at - 1]));
  $("empty").hidden = shown.length > 0 || !isLoaded(state.chat);
  lastStop();
}

function changed({ chat, ids }) {
  if (chat !== state.chat) return;
  if (!shown.length) return renderAll();
  const all = sorted(chat);
  const known = new Map(shown.map((message) => [message.id, message]));
  const newest = shown.at(-1)?.id ?? -Infinity;
  const oldest = shown[0]?.id ?? -Infinity;
  const inserted = ids.some((id) => !known.has(id) && id < newest && id > oldest);
  shown = all.filter((message) => message.id >= oldest);
  if (inserted) drawKeepingPlace();
  else for (const id of touched(ids)) if (id >= oldest) apply(shown.findIndex((message) => message.id === id));
  settle(ids.filter((id) => id > newest));
}

/** These messages, and after each part of an album the message that shows the whole of it. */
function touched(ids) {
  const heads = ids.map((id) => shown.find((message) => message.id === id)).filter((each) => each?.album);
  return [...ids, ...heads.map((message) => head(message).id)];
}

function drawKeepingPlace() {
  limit = shown.length;
  draw();
}

function apply(at) {
  const message = shown[at];
  let node = nodeOf(message.id);
  if (node) refresh(node, message, acts);
  else $("messages").append((node = bubble(message, acts)));
  decorate(node, message, shown[at - 1]);
  const next = node.nextElementSibling;
  if (next) decorate(next, shown[at + 1], message);
}

function settle(fresh) {
  const mine = shown.at(-1)?.from === state.viewer && fresh.length > 0;
  if (following && shown.length > limit + PAGE && !$("messages").contains(document.activeElement)) draw();
  if (following || mine) toBottom();
  else missed += fresh.length;
  showButton();
  lastStop();
  if (document.hasFocus() || following) markRead(state.chat);
}

/** Exactly one message is a Tab stop; the arrows walk from there. */
function lastStop() {
  for (const node of $("messages").querySelectorAll(':scope > [tabindex="0"]')) node.tabIndex = -1;
  const last = seen().at(-1);
  if (last) last.tabIndex = 0;
}

function walk(event, log) {
  const node = event.target;
  if (node.parentElement !== log) return;
  if (["Enter", "ContextMenu", " "].includes(event.key)) {
    event.preventDefault();
    node.querySelector(".more")?.click();
  } else arrowFocus(event, seen());
}

function scrolled() {
  const log = $("log");
  following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_BOTTOM_PX;
  if (following) missed = 0;
  showButton();
}

function showButton() {
  $("to-bottom").hidden = following;
  $("missed").textContent = missed ? t("newMessages", { n: missed }) : t("toBottom");
}

function toBottom() {
  const log = $("log");
  log.scrollTop = log.scrollHeight;
  following = true;
  missed = 0;
  showButton();
}

function showEarlier() {
  const log = $("log");
  const below = log.scrollHeight - log.scrollTop;
  limit += PAGE;
  draw();
  log.scrollTop = log.scrollHeight - below;
  $("messages").firstElementChild?.focus({ preventScroll: true });
}

const seen = () => [...$("messages").children].filter((node) => !node.hidden);

const nodeOf = (id) => $("messages").querySelector(`:scope > [data-message-id="${id}"]`);

/** Scroll to a message and light it up for a moment; false when this chat has no such message. */
export function jumpTo(wanted) {
  const found = sorted(state.chat).find((message) => message.id === wanted);
  const id = found ? head(found).id : wanted;
  if (!nodeOf(id) && sorted(state.chat).some((message) => message.id === id)) {
    limit = Infinity;
    draw();
  }
  const node = nodeOf(id);
  if (!node) return false;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.add("flash");
  setTimeout(() => node.classList.remove("flash"), FLASH_MS);
  return true;
}
