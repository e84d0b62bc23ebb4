// Writing: text, one attachment or an album, a reply or an edit of one's own message.

import * as api from "./api.js";
import { excerpt } from "./bubble.js";
import { $, avatar } from "./dom.js";
import { readBase64 } from "./files.js";
import { t } from "./i18n.js";
import { openMenu } from "./menu.js";
import { confirmBox, toast } from "./notice.js";
import * as store from "./store.js";

const { state } = store;
const MAX_BYTES = 20 * 1024 * 1024;
const MAX_PHOTOS = 10;
const drafts = new Map();
let draft = { text: "", replyTo: null, editing: null, file: null };

export function startComposer() {
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  $("text").addEventListener("keydown", keys);
  $("text").addEventListener("input", () => {
    draft.text = $("text").value;
    grow();
  });
  $("attach").addEventListener("click", () => openMenu($("attach"), attachItems()));
  $("file").addEventListener("change", () => attach([...$("file").files]));
  $("strip-close").addEventListener("click", () => reset());
  $("start").addEventListener("click", () => run(() => send({ text: "/start" })));
  store.on("chat viewer", takeDraft);
  store.on("language chats messages people", show);
}

/** Each person keeps an unfinished message per chat, as on a phone. */
function takeDraft() {
  const key = `${state.viewer}/${state.chat}`;
  if (!drafts.has(key)) drafts.set(key, { text: "", replyTo: null, editing: null, file: null });
  draft = drafts.get(key);
  $("text").value = draft.text;
  show();
  grow();
}

function reset({ text = "" } = {}) {
  Object.assign(draft, { text, replyTo: null, editing: null, file: null });
  $("text").value = text;
  $("file").value = "";
  show();
  grow();
}

function show() {
  const chat = store.currentChat();
  const barred = chat && reasonNotToWrite(chat);
  const fresh = chat?.kind === "private" && store.isLoaded(chat.id) && store.messagesOf(chat.id).size === 0;
  $("composer").hidden = !chat || Boolean(barred) || fresh;
  $("start-bar").hidden = !fresh;
  $("barred").hidden = !barred;
  $("barred").textContent = barred || "";
  const me = state.users.get(state.viewer);
  $("send-as").replaceChildren(me ? avatar(me) : "");
  $("text").placeholder = me ? t("writeAs", { name: me.name }) : t("write");
  showStrip();
}

function reasonNotToWrite(chat) {
  if (chat.kind === "channel" && !store.isAdmin(chat, state.viewer)) return t("channelReadOnly");
  return null;
}

function showStrip() {
  const target = store.messagesOf(state.chat).get(draft.editing ?? draft.replyTo);
  $("strip").hidden = !target && !draft.file;
  if (target) {
    $("strip-word").textContent = draft.editing ? t("editing") : t("replyingTo", { name: target.name });
    $("strip-text").textContent = excerpt(target);
  } else if (draft.file) {
    $("strip-word").textContent = t(draft.file.label);
    $("strip-text").textContent = draft.file.name;
  }
}

function keys(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") reset({ text: draft.editing ? "" : draft.text });
}

function grow() {
  const box = $("text");
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

const attachItems = () => [
  { label: t("attachPhoto"), icon: "photo", run: () => choose("photo", "attachPhoto", "image/*") },
  { label: t("attachDocument"), icon: "file", run: () => choose("document", "attachDocument", "") },
  { label: t("attachVoice"), icon: "voice", run: () => choose("voice", "attachVoice", "audio/*") },
];

function choose(kind, label, accept) {
  Object.assign($("file").dataset, { kind, label });
  $("file").accept = accept;
  $("file").multiple = kind === "photo";
  $("file").click();
}

/** One file, or several pictures as an album. */
async function attach(files) {
  if (!files.length) return;
  if (files.length > MAX_PHOTOS) return toast(t("tooManyPhotos"), { bad: true });
  if (files.some((file) => file.size > MAX_BYTES)) return toast(t("tooLarge"), { bad: true });
  const { kind, label } = $("file").dataset;
  const name = files.map((file) => file.name).join(", ");
  const data = await Promise.all(files.map(readBase64));
  const several = files.length > 1;
  draft.file = { kind: several ? "album" : kind, label, name, mime: files[0].type, data: several ? data : data[0] };
  $("file").value = "";
  show();
  $("text").focus();
}

async function submit() {
  const text = draft.text.trim();
  const { editing, replyTo, file } = draft;
  if (!text && !file) return;
  const kept = { ...draft };
  reset();
  const done = await run(() => {
    if (editing) return api.editMessage(state.chat, editing, state.viewer, text);
    return send({ ...content(text, file), ...(replyTo ? { reply_to: replyTo } : {}) });
  });
  if (!done && !draft.text) {
    reset({ text: kept.text });
    Object.assign(draft, kept);
    show();
  }
}

function content(text, file) {
  if (!file) return { text };
  return { [file.kind]: file.data, name: file.name, mime: file.mime, ...(text ? { caption: text } : {}) };
}

const send = (message) => api.postMessage(state.chat, state.viewer, message);

/** Do something on the server; a refusal is told in plain words and answered with false. */
async function run(action) {
  try {
    await action();
    return true;
  } catch (problem) {
    if (!(problem instanceof api.ApiError)) throw problem;
    toast(problem.plain, { bad: true });
    return false;
  }
}

/** Send a command as if it had been typed; what was being written makes way for it only if it was a command too. */
export function sendCommand(text) {
  if (draft.text.startsWith("/")) reset();
  return run(() => send({ text }));
}

/** The menu of one message: reply, copy, and for one's own: edit, delete. */
export function messageMenu(message, anchor) {
  const items = [{ label: t("reply"), icon: "reply", run: () => begin({ replyTo: message.id, editing: null }) }];
  if (message.text) items.push({ label: t("copy"), icon: "copy", run: () => copy(message.text) });
  if (message.from === state.viewer) {
    if (message.text) items.push({ label: t("edit"), icon: "edit", run: () => beginEdit(message) });
    items.push({ label: t("remove"), icon: "remove", bad: true, run: () => remove(message) });
  }
  openMenu(anchor, items);
}

function begin(change) {
  Object.assign(draft, change);
  show();
  $("text").focus();
}

function beginEdit(message) {
  reset({ text: message.text });
  begin({ editing: message.id });
  grow();
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"));
}

async function remove(message) {
  const sure = await confirmBox(t("removeAsk"), t("removeNote"), t("remove"));
  if (sure) await run(() => api.deleteMessage(message.chat, message.id, state.viewer));
}
