// The sandbox's chat API. Every failure becomes an ApiError whose `plain` sentence may be shown to a person.

import { t } from "./i18n.js";
import { readMessage, readState } from "./wire.js";

const PATIENCE_MS = 20_000;
const PLAIN = {
  0: "errorNetwork",
  403: "errorForbidden",
  404: "errorMissing",
  409: "errorGone",
  429: "errorSlow",
  504: "errorTimeout",
};

export class ApiError extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }

  get plain() {
    return PLAIN[this.status] ? t(PLAIN[this.status]) : t("errorOther", { detail: this.message });
  }
}

async function call(method, path, body, patience = PATIENCE_MS) {
  const options = { method, signal: AbortSignal.timeout(patience) };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(path, options);
  } catch (problem) {
    throw new ApiError(problem.name === "TimeoutError" ? 504 : 0, String(problem));
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer.error ?? response.statusText);
  return answer;
}

export const fetchState = async () => readState(await call("GET", "/chat/state"));
export const addUser = (name) => call("POST", "/chat/users", { name });

/** All messages of one chat that `viewer` may see, oldest first. */
export async function fetchMessages(chat, viewer) {
  const answer = await call("GET", `/chat/${chat}/messages?viewer=${viewer}`);
  return answer.map((raw) => readMessage(raw, chat));
}

export const postMessage = (chat, from, content) => call("POST", `/chat/${chat}/messages`, { from, ...content });
export const editMessage = (chat, id, from, text) => call("PATCH", `/chat/${chat}/messages/${id}`, { from, text });
export const deleteMessage = (chat, id, from) => call("DELETE", `/chat/${chat}/messages/${id}`, { from });
export const press = (chat, from, id, button) => call("POST", `/chat/${chat}/press`, { from, message_id: id, button });

export const fetchClock = () => call("GET", "/chat/clock");

/** Move the sandbox's clock; a long way may take minutes because everything due on the way happens first. */
export const moveClock = (move) => call("POST", "/chat/clock", move, 600_000);
