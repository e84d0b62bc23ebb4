// Inline keyboards: rows of real buttons under a bubble.

import { ApiError, press } from "./api.js";
import { el } from "./dom.js";
import { t } from "./i18n.js";
import { opensInPage } from "./links.js";
import { alertBox, toast } from "./notice.js";
import { state } from "./store.js";

const waiting = new Set();

const keyOf = (message, row, column) => `${message.chat}/${message.id}/${row}/${column}`;

/** The keyboard of `message`, or null when it has none. */
export function keyboard(message, follow) {
  if (!message.buttons?.length || message.deleted) return null;
  const rows = message.buttons.map((row, y) => {
    const cells = row.map((button, x) => cell(message, button, keyOf(message, y, x), follow));
    return el("div", { class: "keyboard-row" }, cells);
  });
  return el("div", { class: "keyboard", role: "group", ariaLabel: t("keyboard") }, rows);
}

function cell(message, button, key, follow) {
  const look = `key key-${button.style ?? "plain"}`;
  const node = el("button", { type: "button", class: look, dataset: { button: button.text, key } }, button.text);
  if (button.url) {
    node.classList.add("key-link");
    if (!opensInPage(button.url)) node.append(el("span", { class: "unseen" }, t("opensNew")));
    node.addEventListener("click", () => follow(button.url));
    return node;
  }
  setBusy(node, waiting.has(key));
  node.addEventListener("click", () => pressed(message, button, key, follow));
  return node;
}

async function pressed(message, button, key, follow) {
  if (waiting.has(key)) return;
  waiting.add(key);
  showBusy(key);
  let answer = {};
  try {
    answer = await press(message.chat, state.viewer, message.id, button.data ?? button.text);
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    toast(problem.plain, { bad: true });
  } finally {
    waiting.delete(key);
    showBusy(key);
  }
  if (answer.toast) (answer.alert ? alertBox : toast)(answer.toast);
  if (answer.url) follow(answer.url);
}

function showBusy(key) {
  const node = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (node) setBusy(node, waiting.has(key));
}

function setBusy(node, busy) {
  node.ariaBusy = String(busy);
  node.classList.toggle("key-busy", busy);
}
