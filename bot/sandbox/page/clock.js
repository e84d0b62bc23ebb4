// The sandbox's clock: shown ticking in the community's time zone, and moved forward by menu.

import * as api from "./api.js";
import { $, el } from "./dom.js";
import { t } from "./i18n.js";
import { toast } from "./notice.js";
import { on } from "./store.js";
import * as time from "./time.js";
import { readClock } from "./wire.js";

const TICK_MS = 1_000;
const MINUTE = 60;
const SPANS = [
  ["forwardMinute", MINUTE],
  ["forwardThree", 3 * MINUTE],
  ["forwardHour", 60 * MINUTE],
  ["forwardDay", 24 * 60 * MINUTE],
  ["forwardThreeDays", 3 * 24 * 60 * MINUTE],
  ["forwardWeek", 7 * 24 * 60 * MINUTE],
];

let base = { now: Date.now(), at: performance.now() };
let moving = false;

/** The sandbox's time in milliseconds since the epoch. */
export const now = () => base.now + performance.now() - base.at;

export function setClock(ms) {
  base = { now: ms, at: performance.now() };
  tick();
}

export function startClock() {
  setInterval(tick, TICK_MS);
  $("forward-menu").addEventListener("toggle", (event) => event.newState === "open" && opened());
  $("forward-next").addEventListener("click", toNext);
  $("forward-form").addEventListener("submit", toChosen);
  on("language", spans);
  spans();
  tick();
}

function tick() {
  $("clock-day").textContent = `${time.shortDay(now())} ${time.weekday(now())}`;
  $("clock-time").textContent = time.seconds(now());
}

function spans() {
  const buttons = SPANS.map(([label, seconds]) => {
    const go = { click: () => move({ advance: seconds }) };
    return el("button", { type: "button", class: "button", dataset: { forward: String(seconds) }, on: go }, t(label));
  });
  $("forward-spans").replaceChildren(...buttons);
  tick();
}

async function opened() {
  const at = $("fast-forward").getBoundingClientRect();
  const menu = $("forward-menu");
  menu.style.top = `${at.bottom + 6}px`;
  menu.style.right = `${Math.max(8, innerWidth - at.right)}px`;
  $("forward-at").value = time.toInput(now());
  $("forward-at").min = time.toInput(now());
  const { next } = await upcoming();
  $("forward-due").textContent = next === null ? t("forwardNothing") : time.moment(next);
  $("forward-next").disabled = next === null;
  if (next !== null) $("forward-next").focus();
}

async function upcoming() {
  const clock = readClock(await api.fetchClock());
  setClock(clock.now);
  return clock;
}

async function toNext() {
  const { next } = await upcoming();
  if (next === null) return toast(t("forwardNothing"));
  await move({ to: new Date(next).toISOString() });
}

function toChosen(event) {
  event.preventDefault();
  const to = time.fromInput($("forward-at").value);
  if (!(Date.parse(to) > now())) return toast(t("forwardPast"), { bad: true });
  move({ to });
}

async function move(how) {
  if (moving) return;
  $("forward-menu").hidePopover();
  busy(true);
  try {
    const answer = await api.moveClock(how);
    setClock(readClock(answer).now);
    toast(t("forwarded", { at: time.moment(now()) }));
  } catch (problem) {
    if (!(problem instanceof api.ApiError)) throw problem;
    const stuck = problem.status === 504 && t("forwardStuck", { at: time.moment(now()) });
    toast(stuck || problem.plain, { bad: true });
  } finally {
    busy(false);
  }
}

function busy(now) {
  moving = now;
  $("clock").classList.toggle("clock-moving", now);
  $("fast-forward").disabled = now;
  $("fast-forward-word").textContent = t(now ? "forwarding" : "fastForward");
}

/** A sandbox started without `--control` shows its time but cannot be moved. */
export function allowControl(allowed) {
  $("fast-forward").hidden = !allowed;
}
