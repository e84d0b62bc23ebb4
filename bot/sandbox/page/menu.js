// A small menu beside whatever opened it; arrows walk it, Escape and a click outside close it.

import { arrowFocus, el, icon } from "./dom.js";

const MARGIN = 8;

/** Open a menu of `items` ({label, icon, run, bad?}) beside `anchor`; focus goes back there when it closes. */
export function openMenu(anchor, items) {
  const buttons = items.map((item) => {
    const props = { type: "button", role: "menuitem", class: item.bad ? "menu-item bad" : "menu-item", tabIndex: -1 };
    return el("button", { ...props, on: { click: () => choose(item) } }, icon(item.icon), item.label);
  });
  const menu = el("div", { class: "menu", role: "menu", popover: "auto" }, buttons);
  const choose = (item) => {
    menu.hidePopover();
    item.run();
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Tab") menu.hidePopover();
    else arrowFocus(event, buttons);
  });
  menu.addEventListener("toggle", (event) => event.newState === "closed" && menu.remove());
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  buttons[0].focus();
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.min(Math.max(MARGIN, at.right - width), innerWidth - width - MARGIN);
  const fits = at.bottom + height + MARGIN < innerHeight;
  menu.style.left = `${left}px`;
  menu.style.top = `${Math.max(MARGIN, fits ? at.bottom : at.top - height)}px`;
}
