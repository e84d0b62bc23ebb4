// Everything is shown in the community's time zone, whatever the reader's machine says.

import { language } from "./i18n.js";

export const ZONE = "Asia/Shanghai";
const OFFSET = "+08:00";
const formats = new Map();

function format(kind, options) {
  const key = `${language()}:${kind}`;
  if (!formats.has(key)) {
    const locale = language() === "zh" ? "zh-CN" : "en-GB";
    formats.set(key, new Intl.DateTimeFormat(locale, { timeZone: ZONE, hourCycle: "h23", ...options }));
  }
  return formats.get(key);
}

export const minutes = (ms) => format("minutes", { hour: "2-digit", minute: "2-digit" }).format(ms);
export const seconds = (ms) => format("seconds", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
export const day = (ms) => format("day", { month: "long", day: "numeric", weekday: "long" }).format(ms);
export const shortDay = (ms) => format("short", { month: "numeric", day: "numeric" }).format(ms);
export const weekday = (ms) => format("weekday", { weekday: "short" }).format(ms);
export const moment = (ms) => `${format("moment", { month: "long", day: "numeric" }).format(ms)} ${seconds(ms)}`;

/** The calendar day in the zone, as `2026-11-03`; equal exactly when two instants fall on one local day. */
export const dayKey = (ms) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(ms);

/** For `<input type="datetime-local">`: the zone's wall time to the minute. */
export function toInput(ms) {
  return `${dayKey(ms)}T${new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, timeStyle: "short" }).format(ms)}`;
}

/** The ISO instant that a datetime-local value means in the zone. */
export const fromInput = (value) => `${value.length === 16 ? `${value}:00` : value}${OFFSET}`;
