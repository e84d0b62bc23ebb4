// Server-sent events for one viewer, with a full catch-up whenever the connection comes (back).

import { emit } from "./store.js";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
const KINDS = ["message", "edit", "delete", "pin", "chat", "clock"];

let source = null;
let retry = 0;
let timer = 0;

/** Follow `viewer`: `load()` fetches everything, then `take(kind, data)` gets each event in order. */
export function follow(viewer, load, take) {
  stop();
  const waiting = [];
  let ready = false;
  const mine = new EventSource(`/chat/events?viewer=${viewer}`);
  source = mine;
  const arrive = (kind, data) => (ready ? take(kind, data) : waiting.push([kind, data]));
  for (const kind of KINDS) mine.addEventListener(kind, (event) => arrive(kind, JSON.parse(event.data)));
  const failed = () => mine === source && again(viewer, load, take);
  mine.onerror = failed;
  mine.onopen = async () => {
    try {
      await load();
    } catch {
      failed();
      return;
    }
    if (mine !== source) return;
    ready = true;
    retry = 0;
    emit("connection", true);
    for (const [kind, data] of waiting) take(kind, data);
  };
}

function stop() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function again(viewer, load, take) {
  stop();
  emit("connection", false);
  const pause = Math.min(FIRST_RETRY_MS * 2 ** retry, LAST_RETRY_MS);
  retry += 1;
  timer = setTimeout(() => follow(viewer, load, take), pause);
}
