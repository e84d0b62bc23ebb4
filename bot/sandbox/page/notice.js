// Short notices: the snackbar, the alert a bot sends, a question, a picture at full size.

import { $, el, icon } from "./dom.js";
import { t } from "./i18n.js";

const SHOWN_MS = 4_000;
const PER_CHARACTER_MS = 60;
let timer = 0;

/** Show a line at the bottom, long enough to be read slowly; screen readers hear it. */
export function toast(text, { bad = false } = {}) {
  const node = $("toast");
  clearTimeout(timer);
  node.textContent = text;
  node.classList.toggle("toast-bad", bad);
  node.classList.add("toast-shown");
  timer = setTimeout(() => node.classList.remove("toast-shown"), SHOWN_MS + PER_CHARACTER_MS * text.length);
}

/** Ask or tell something; resolves to true when the main button closed the dialog. */
function dialog(className, parts, actions) {
  const box = el("dialog", { class: `box ${className}` }, parts, el("div", { class: "box-actions" }, actions));
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close("");
  });
  for (const button of actions) button.addEventListener("click", () => box.close(button.value));
  document.body.append(box);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue === "yes");
    });
  });
}

export function alertBox(text) {
  const ok = el("button", { type: "button", class: "button button-main", value: "yes", autofocus: true }, t("ok"));
  return dialog("alert", [el("p", {}, text)], [ok]);
}

export function confirmBox(question, note, action) {
  const no = el("button", { type: "button", class: "button", value: "" }, t("cancel"));
  const yes = el("button", { type: "button", class: "button button-bad", value: "yes" }, action);
  return dialog("confirm", [el("h2", {}, question), el("p", {}, note)], [no, yes]);
}

/** Ask for one line of text; resolves to the text, or null when closed without one. */
export async function askLine(question, action) {
  const input = el("input", { class: "field", ariaLabel: question, maxLength: 64, autofocus: true });
  const yes = el("button", { type: "button", class: "button button-main", value: "yes" }, action);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    yes.click();
  });
  const said = await dialog("ask", [el("h2", {}, question), input], [yes]);
  return said && input.value.trim() ? input.value.trim() : null;
}

export function enlarge(file) {
  const close = el("button", { type: "button", class: "round", value: "", ariaLabel: t("close") }, icon("close"));
  return dialog("lightbox", [el("img", { src: file.url, alt: file.name })], [close]);
}
