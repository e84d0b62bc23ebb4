// Who looks at which chat: in the address (`#u=1001&c=-1001`), so that a link opens the page as somebody.

import { remember, remembered } from "./memory.js";

function number(text) {
  return text !== null && /^-?\d+$/.test(text) ? Number(text) : null;
}

/** The address wins; without one, what was open last time in this browser. */
export function readRoute() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const asked = { viewer: number(parts.get("u")), chat: number(parts.get("c")) };
  if (asked.viewer !== null) return asked;
  return { viewer: remembered("viewer"), chat: asked.chat ?? remembered("chat") };
}

/** Write the address; `push` makes it a step that the back button undoes. */
export function writeRoute({ viewer, chat }, { push = false } = {}) {
  const hash = chat === null ? `#u=${viewer}` : `#u=${viewer}&c=${chat}`;
  if (chat !== null) remember("chat", chat);
  remember("viewer", viewer);
  if (hash === location.hash) return;
  history[push ? "pushState" : "replaceState"](null, "", hash);
}
