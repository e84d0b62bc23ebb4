// The chat API's JSON as the page's own records. Times become milliseconds since the epoch.

const millis = (value) => (typeof value === "number" ? value * 1000 : Date.parse(value));

/** `GET /chat/state` as Maps by id. */
export function readState(raw) {
  return {
    users: new Map(raw.users.map((user) => [user.id, { ...user, name: user.name ?? user.first_name }])),
    bots: raw.bots.map((bot) => ({ ...bot, name: bot.name ?? bot.first_name })),
    chats: new Map(raw.chats.filter((chat) => chat.kind !== "private").map((chat) => [chat.id, readChat(chat)])),
    now: millis(raw.now),
  };
}

export function readChat(raw) {
  const members = raw.members ?? [];
  return { ...raw, members: new Map(members.map((member) => [member.user, member])) };
}

/** One message; `from` is the sender's id. */
export function readMessage(raw, chat) {
  return {
    id: raw.id,
    chat: raw.chat ?? chat,
    from: typeof raw.from === "object" && raw.from !== null ? raw.from.id : raw.from,
    date: millis(raw.date),
    text: raw.text ?? "",
    entities: raw.entities ?? [],
    buttons: raw.buttons ?? [],
    files: raw.files ?? [],
    kind: raw.kind,
    service: raw.service ?? null,
    replyTo: raw.reply_to ?? null,
    edited: Boolean(raw.edited),
    deleted: Boolean(raw.deleted),
    pinned: Boolean(raw.pinned),
  };
}

/** The clock; `next` is the earliest instant any program still waits for, or null. */
export function readClock(raw) {
  const now = millis(raw.now);
  const due = Object.values(raw.reporters ?? {}).map((reporter) => (reporter.next ? millis(reporter.next) : NaN));
  const ahead = due.filter((each) => each > now);
  return { now, next: ahead.length ? Math.min(...ahead) : null };
}
