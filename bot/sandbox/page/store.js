// What the page knows: people, chats, the viewer's messages. Modules listen for the topic they show.

import { remember, remembered } from "./memory.js";

const topics = new EventTarget();

export const state = {
  users: new Map(),
  bots: [],
  chats: new Map(),
  viewer: null,
  chat: null,
  messages: new Map(),
};

/** Topics: people, viewer, chats, chat, messages {chat, ids}, read, language, connection. */
export function on(topic, listener) {
  for (const name of topic.split(" ")) topics.addEventListener(name, (event) => listener(event.detail));
}

export function emit(topic, detail) {
  topics.dispatchEvent(new CustomEvent(topic, { detail }));
}

const NONE = new Map();

/** Messages of a chat by id, in the order they arrived. */
export const messagesOf = (chat) => state.messages.get(chat) ?? NONE;

/** Whether the chat's messages have been fetched for this viewer; until then nothing can be said about them. */
export const isLoaded = (chat) => state.messages.has(chat);

/** Take new or changed messages; tells listeners only about those that really differ. */
export function takeMessages(chat, incoming) {
  const first = !isLoaded(chat);
  if (first) state.messages.set(chat, new Map());
  const known = messagesOf(chat);
  const changed = incoming.filter((message) => JSON.stringify(known.get(message.id)) !== JSON.stringify(message));
  for (const message of changed) known.set(message.id, message);
  if (first || changed.length) emit("messages", { chat, ids: changed.map((message) => message.id) });
}

export function forgetMessages() {
  state.messages.clear();
}

export const sorted = (chat) => [...messagesOf(chat).values()].sort((a, b) => a.id - b.id);

/** The message a chat list shows: the newest that still exists. */
export function lastMessage(chat) {
  let last = null;
  for (const message of messagesOf(chat).values()) {
    if (!message.deleted && (last === null || message.id > last.id)) last = message;
  }
  return last;
}

/** The private chat with the bot has the person's own id. */
export const isPrivate = (chat) => chat === state.viewer;

export const theBot = () => state.bots[0] ?? null;

/** The chats `state.viewer` may open, groups first, then the private chat with the bot. */
export function visibleChats() {
  const mine = [...state.chats.values()].filter((chat) => !chat.migrated_to && isIn(chat, state.viewer));
  if (state.viewer !== null && theBot()) {
    mine.push({ id: state.viewer, kind: "private", title: theBot().name, members: new Map(), pins: [] });
  }
  return mine;
}

export function currentChat() {
  return visibleChats().find((chat) => chat.id === state.chat) ?? null;
}

export function statusOf(chat, user) {
  return chat?.members.get(user)?.status ?? null;
}

function isIn(chat, user) {
  const status = statusOf(chat, user);
  return status !== null && status !== "left" && status !== "kicked";
}

export const isAdmin = (chat, user) => ["creator", "administrator"].includes(statusOf(chat, user));

export const memberCount = (chat) => [...chat.members.keys()].filter((user) => isIn(chat, user)).length;

/** Name and kind of whoever wrote something: a person, a bot, or a chat. */
export function author(id) {
  const bot = state.bots.find((each) => each.id === id);
  if (bot) return { id, name: bot.name, isBot: true };
  const chat = state.chats.get(id);
  if (chat) return { id, name: chat.title, kind: chat.kind };
  return { id, name: state.users.get(id)?.name ?? String(id ?? "?") };
}

const reading = () => `${state.viewer}:`;

/** The newest message id that the viewer has seen in a chat; 0 before the first visit. */
export const lastRead = (chat) => remembered("read")?.[reading() + chat] ?? 0;

export function markRead(chat) {
  const last = lastMessage(chat);
  if (!last || last.id <= lastRead(chat)) return;
  remember("read", { ...remembered("read"), [reading() + chat]: last.id });
  emit("read");
}

export function unreadCount(chat) {
  const seen = lastRead(chat);
  let count = 0;
  for (const message of messagesOf(chat).values()) {
    if (message.id > seen && !message.deleted && message.from !== state.viewer) count += 1;
  }
  return count;
}
