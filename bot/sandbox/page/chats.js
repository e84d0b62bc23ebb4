// The chat list, the conversation's head and the pinned bar.

import { excerpt } from "./bubble.js";
import { $, arrowFocus, avatar, el } from "./dom.js";
import { t } from "./i18n.js";
import { jumpTo } from "./conversation.js";
import * as store from "./store.js";
import * as time from "./time.js";

const { state } = store;
let pinAt = 0;
let now = () => Date.now();

/** `open(chatId)` is called with the chosen chat; `clock()` gives the sandbox's time in ms. */
export function startChats(open, clock) {
  now = clock;
  const rows = $("chat-list");
  rows.addEventListener("keydown", (event) => arrowFocus(event, [...rows.querySelectorAll("button")]));
  $("pinned").addEventListener("click", nextPin);
  store.on("chats viewer chat messages read language people", () => list(open));
  store.on("chats viewer chat language people", head);
  store.on("chats viewer chat messages language", pinned);
  store.on("viewer chat", () => (pinAt = 0));
}

function list(open) {
  const chats = store.visibleChats();
  const focused = $("chat-list").contains(document.activeElement) ? document.activeElement.dataset.chatId : null;
  $("chat-none").hidden = chats.length > 0;
  $("chat-list").replaceChildren(...chats.map((chat) => row(chat, open)));
  if (focused) $("chat-list").querySelector(`[data-chat-id="${focused}"]`)?.focus();
}

function row(chat, open) {
  const last = store.lastMessage(chat.id);
  const unread = chat.id === state.chat ? 0 : store.unreadCount(chat.id);
  const props = { type: "button", class: "chat", dataset: { chatId: chat.id }, on: { click: () => open(chat.id) } };
  const top = [el("span", { class: "chat-title" }, chat.title), el("time", { class: "chat-time" }, when(last))];
  const dot = unread ? el("span", { class: "unread" }, String(Math.min(unread, 99))) : null;
  const below = [el("span", { class: "chat-last" }, preview(chat, last)), dot];
  const lines = [el("span", { class: "chat-line" }, top), el("span", { class: "chat-line" }, below)];
  const node = el("button", props, face(chat), el("span", { class: "chat-words" }, lines));
  if (chat.id === state.chat) node.setAttribute("aria-current", "true");
  return el("li", {}, node);
}

function preview(chat, last) {
  if (!last) return t("noMessages");
  if (last.service || chat.kind !== "group" && chat.kind !== "supergroup") return excerpt(last);
  const who = last.from === state.viewer ? t("you") : last.name;
  return t("says", { name: who, text: excerpt(last) });
}

function when(last) {
  if (!last) return "";
  return time.dayKey(last.date) === time.dayKey(now()) ? time.minutes(last.date) : time.shortDay(last.date);
}

const face = (chat) =>
  chat.kind === "private" ? avatar(store.author(store.theBot().id)) : avatar({ ...chat, name: chat.title });

function head() {
  const chat = store.currentChat();
  $("conversation").classList.toggle("nothing-open", !chat);
  $("chat-face").replaceChildren(chat ? face(chat) : "");
  $("chat-title").textContent = chat?.title ?? "";
  $("chat-note").textContent = chat ? note(chat) : "";
}

function note(chat) {
  if (chat.kind === "private") return t("botChat");
  const kind = t(chat.kind === "channel" ? "kindChannel" : "kindGroup");
  return `${kind} · ${t(chat.kind === "channel" ? "subscribers" : "members", { n: store.memberCount(chat) })}`;
}

const pins = () => (state.chat === null ? [] : store.sorted(state.chat).filter((each) => each.pinned && !each.deleted));

function pinned() {
  const all = pins().reverse();
  const bar = $("pinned");
  bar.hidden = all.length === 0;
  if (!all.length) return;
  pinAt %= all.length;
  const counted = { i: pinAt + 1, n: all.length };
  $("pinned-word").textContent = all.length > 1 ? t("pinnedCount", counted) : t("pinned");
  $("pinned-text").textContent = excerpt(all[pinAt]);
  bar.dataset.pinnedId = all[pinAt].id;
}

/** Each press goes one pin further back, then round again. */
function nextPin() {
  jumpTo(Number($("pinned").dataset.pinnedId));
  pinAt += 1;
  pinned();
}
