// Where a link leads: t.me links to our bot and to messages stay in the page, the rest opens a new tab.

import { theBot, visibleChats } from "./store.js";

const ME = new Set(["t.me", "telegram.me", "telegram.dog"]);
const SUPERGROUP = -1_000_000_000_000;

/** `{start}` for a deep link to the bot, `{chat, message}` for a message link, null for anything else. */
export function parse(url) {
  let parts;
  try {
    parts = new URL(url);
  } catch {
    return null;
  }
  if (parts.protocol === "tg:") return deepLink(parts.searchParams.get("domain"), parts);
  if (!ME.has(parts.hostname)) return null;
  const path = parts.pathname.split("/").filter(Boolean);
  if (path[0] === "c" && path.length >= 3) return { chat: SUPERGROUP - Number(path[1]), message: Number(path.at(-1)) };
  if (path.length === 1) return deepLink(path[0], parts);
  const chat = visibleChats().find((each) => each.username?.toLowerCase() === path[0]?.toLowerCase());
  return chat && path.length === 2 ? { chat: chat.id, message: Number(path[1]) } : null;
}

function deepLink(username, parts) {
  const bot = theBot();
  if (!bot || username?.toLowerCase() !== bot.username?.toLowerCase()) return null;
  return { start: parts.searchParams.get("start") ?? "" };
}

export const opensInPage = (url) => parse(url) !== null;

export function openOutside(url) {
  if (!/^(https?|mailto|tel):/i.test(url)) return false;
  window.open(url, "_blank", "noopener,noreferrer");
  return true;
}
