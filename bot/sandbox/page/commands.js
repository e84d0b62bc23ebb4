// The bot's commands, offered while a message begins with a slash.

import { $, arrowFocus, el } from "./dom.js";
import { currentChat, state, theBot } from "./store.js";

/** `send(text)` is called with the chosen command. */
export function startCommands(send) {
  const box = $("text");
  const list = $("commands");
  const close = () => (list.hidden = true);
  const choose = (text) => {
    close();
    send(text);
  };
  box.addEventListener("input", () => offer(list, box.value, choose));
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Enter") close();
    if (event.key !== "ArrowUp" || list.hidden) return;
    event.preventDefault();
    list.querySelector("li:last-child button").focus();
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
      box.focus();
    } else arrowFocus(event, [...list.querySelectorAll("button")]);
  });
}

function offer(list, typed, choose) {
  const match = /^\/(\w*)$/.exec(typed);
  const found = match ? menu().filter((each) => each.command.startsWith(match[1])) : [];
  list.hidden = found.length === 0;
  list.replaceChildren(...found.map((each) => el("li", {}, line(each, choose))));
}

/** What Telegram would offer this person here. */
function menu() {
  const byLanguage = theBot()?.menus[currentChat()?.kind === "private" ? "private" : "group"] ?? {};
  const language = state.users.get(state.viewer)?.language_code?.slice(0, 2) ?? "";
  return byLanguage[language] ?? byLanguage[""] ?? [];
}

function line({ command, description }, choose) {
  const address = currentChat().kind === "private" ? "" : `@${theBot().username}`;
  const props = { type: "button", class: "menu-item", on: { click: () => choose(`/${command}${address}`) } };
  return el("button", props, el("strong", {}, `/${command}`), el("span", {}, description));
}
