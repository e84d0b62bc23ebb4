// The page: one viewer, one open chat, everything else follows.

import { fetchMessages, fetchState } from "./api.js";
import { startChats } from "./chats.js";
import { allowControl, now, setClock, startClock } from "./clock.js";
import { messageMenu, sendCommand, startComposer } from "./composer.js";
import { startCommands } from "./commands.js";
import { jumpTo, startConversation } from "./conversation.js";
import { $ } from "./dom.js";
import { language, setLanguage, t, translate } from "./i18n.js";
import { openOutside, parse } from "./links.js";
import { follow } from "./live.js";
import { toast } from "./notice.js";
import { startPeople } from "./people.js";
import { readRoute, writeRoute } from "./route.js";
import * as store from "./store.js";
import { readClock, readMessage } from "./wire.js";

const { state } = store;
const NARROW = matchMedia("(max-width: 820px)");
const RETRY_MS = 1_000;
const BURST_MS = 150;

let loading = 0;

async function loadAll() {
  takeState(await fetchState());
  const viewer = state.viewer;
  const chats = store.visibleChats().map((chat) => chat.id);
  const lists = await Promise.all(chats.map((chat) => fetchMessages(chat, viewer)));
  if (viewer === state.viewer) chats.forEach((chat, at) => store.takeMessages(chat, lists[at]));
}

function takeState({ users, bots, chats, now: present, control }) {
  Object.assign(state, { users, bots, chats });
  setClock(present);
  allowControl(control);
  store.emit("people");
  store.emit("chats");
}

function take(kind, data) {
  if (kind === "clock") setClock(readClock(data).now);
  else if (kind === "chat" || !store.visibleChats().some((chat) => chat.id === data.chat)) loadSoon();
  else store.takeMessages(data.chat, [readMessage(data.message, data.chat)]);
}

/** A sandbox that is away now is met again by the event stream, which then loads everything. */
const ignore = () => undefined;

/** Members and rights change in bursts; one fetch serves the burst. */
function loadSoon() {
  clearTimeout(loading);
  loading = setTimeout(() => loadAll().catch(ignore), BURST_MS);
}

function become(viewer, { chat = state.chat, push = false } = {}) {
  const wasPrivate = chat === state.viewer && chat !== null;
  if (viewer !== state.viewer) {
    store.forgetMessages();
    state.viewer = viewer;
  }
  state.chat = wasPrivate ? viewer : chat;
  if (!store.currentChat()) state.chat = NARROW.matches ? null : (store.visibleChats()[0]?.id ?? null);
  writeRoute(state, { push });
  showPane();
  store.emit("viewer");
  follow(viewer, loadAll, take);
}

function openChat(chat, { push = true } = {}) {
  state.chat = chat;
  writeRoute(state, { push });
  showPane();
  store.emit("chat");
  if (!NARROW.matches && chat !== null) $("text").focus({ preventScroll: true });
}

function showPane() {
  $("app").dataset.pane = state.chat === null ? "list" : "conversation";
}

function followLink(url) {
  const place = parse(url);
  if (!place) {
    if (!openOutside(url)) toast(t("badLink"), { bad: true });
    return true;
  }
  if (place.start !== undefined) startBot(place.start);
  else goTo(place);
  return true;
}

function startBot(payload) {
  openChat(state.viewer);
  sendCommand(payload ? `/start ${payload}` : "/start");
}

function goTo({ chat, message }) {
  if (!store.visibleChats().some((each) => each.id === chat)) return toast(t("badLink"), { bad: true });
  if (chat !== state.chat) openChat(chat);
  if (!jumpTo(message)) toast(t("errorMissing"), { bad: true });
}

function rerouted() {
  const { viewer, chat } = readRoute();
  if (viewer !== state.viewer && state.users.has(viewer)) become(viewer, { chat });
  else openChat(chat, { push: false });
}

function keys(event) {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if ($("conversation").contains(event.target)) $("text").focus();
}

async function firstState() {
  for (;;) {
    try {
      return await fetchState();
    } catch {
      store.emit("connection", false);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

async function start() {
  translate(document);
  store.on("connection", (alive) => ($("banner").hidden = alive));
  startConversation({ link: followLink, command: sendCommand, menu: messageMenu });
  startChats((chat) => openChat(chat, { push: NARROW.matches }), now);
  startPeople((viewer) => become(viewer));
  startComposer();
  startCommands(sendCommand);
  startClock();
  $("back").addEventListener("click", () => openChat(null));
  $("language").addEventListener("click", () => {
    setLanguage(language() === "zh" ? "en" : "zh");
    store.emit("language");
  });
  addEventListener("popstate", rerouted);
  addEventListener("keydown", keys);
  addEventListener("focus", () => state.viewer !== null && loadSoon());
  await enter();
}

/** Before the first person and the first bot exist nothing announces them, so the page asks now and then. */
async function enter() {
  takeState(await firstState());
  store.emit("connection", true);
  if (state.viewer === null && state.users.size) {
    const { viewer, chat } = readRoute();
    become(state.users.has(viewer) ? viewer : state.users.keys().next().value, { chat });
  }
  if (!state.users.size || !state.bots.length) setTimeout(enter, RETRY_MS);
}

start();
