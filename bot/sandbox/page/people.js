// Who am I: everybody in the sandbox, one click away.

import { addUser, ApiError, fetchState } from "./api.js";
import { $, arrowFocus, avatar, el } from "./dom.js";
import { t } from "./i18n.js";
import { askLine, toast } from "./notice.js";
import { currentChat, emit, on, state, statusOf } from "./store.js";

const STANDING = {
  creator: "owner",
  administrator: "administrator",
  restricted: "restricted",
  left: "left",
  kicked: "left",
};
const NARROW = matchMedia("(max-width: 820px)");

/** `become(id)` is called with the chosen person. */
export function startPeople(become) {
  const pick = (id) => {
    closeSheet();
    become(id);
  };
  $("search").addEventListener("input", () => list(pick));
  $("people").addEventListener("keydown", (event) => moveIn(event, pick));
  for (const opener of ["me", "send-as"]) $(opener).addEventListener("click", openSheet);
  $("add-person").addEventListener("click", () => add(pick));
  $("sheet").addEventListener("close", () => $("people-home").append($("people")));
  $("sheet").addEventListener("click", (event) => event.target === $("sheet") && closeSheet());
  $("sheet-close").addEventListener("click", closeSheet);
  NARROW.addEventListener("change", closeSheet);
  document.addEventListener("keydown", shortcut);
  on("people viewer chat chats language", () => list(pick));
}

function list(pick) {
  const wanted = $("search").value.trim().toLowerCase();
  const found = [...state.users.values()].filter((user) => matches(user, wanted));
  const focused = document.activeElement?.dataset.userId;
  $("person-list").replaceChildren(...found.map((user) => person(user, pick)));
  $("person-none").hidden = found.length > 0;
  $("person-none").textContent = t(state.users.size ? "nobody" : "noPeople");
  if (focused) $("person-list").querySelector(`[data-user-id="${focused}"]`)?.focus();
  showMe();
}

function matches(user, wanted) {
  return [user.name, user.username ?? "", String(user.id)].some((each) => each.toLowerCase().includes(wanted));
}

function person(user, pick) {
  const mine = user.id === state.viewer;
  const props = { type: "button", class: "person", dataset: { viewer: "", userId: user.id } };
  const note = standing(user.id);
  const words = [el("span", { class: "person-name" }, user.name), note ? el("span", { class: "tag" }, note) : null];
  const node = el("button", { ...props, on: { click: () => pick(user.id) } }, avatar(user), words);
  if (mine) node.setAttribute("aria-current", "true");
  return el("li", {}, node);
}

/** What this person is in the open group, when it is more than a plain member. */
function standing(user) {
  const chat = currentChat();
  if (!chat || chat.kind === "private") return null;
  const status = statusOf(chat, user) ?? "left";
  return STANDING[status] ? t(STANDING[status]) : null;
}

function showMe() {
  const me = state.users.get(state.viewer);
  $("me-face").replaceChildren(me ? avatar(me) : "");
  $("me-name").textContent = me?.name ?? "—";
}

function moveIn(event, pick) {
  const items = [...$("person-list").querySelectorAll("button")];
  if (event.target === $("search") && event.key === "Enter" && !event.isComposing) {
    const first = items[0];
    if (first) pick(Number(first.dataset.userId));
  } else if (event.target !== $("search") || event.key === "ArrowDown") arrowFocus(event, items);
}

function openSheet() {
  if (!NARROW.matches) return $("search").focus();
  $("sheet").append($("people"));
  $("sheet").showModal();
  $("person-list").querySelector("[aria-current]")?.focus();
}

function closeSheet() {
  if ($("sheet").open) $("sheet").close();
}

function shortcut(event) {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
  event.preventDefault();
  openSheet();
}

async function add(pick) {
  const name = await askLine(t("personName"), t("add"));
  if (name === null) return;
  try {
    const { id } = await addUser(name);
    const fresh = await fetchState();
    state.users = fresh.users;
    emit("people");
    pick(id);
  } catch (problem) {
    if (!(problem instanceof ApiError)) throw problem;
    toast(problem.plain, { bad: true });
  }
}
