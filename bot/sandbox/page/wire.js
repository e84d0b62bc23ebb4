// The chat API's JSON as the page's own records. Times become milliseconds since the epoch.

const millis = Date.parse;

/** `GET /chat/state` as Maps by id. */
export function readState(raw) {
  const groups = raw.chats.filter((chat) => chat.kind !== "private");
  return {
    users: new Map(raw.users.map((user) => [user.id, user])),
    bots: raw.bots,
    chats: new Map(groups.map((chat) => [chat.id, readChat(chat)])),
    now: millis(raw.now),
    control: raw.control,
  };
}

function readChat(raw) {
  return { ...raw, members: new Map(raw.members.map((member) => [member.user, member])) };
}

/** One message; `from` is the sender's id. */
export function readMessage(raw, chat) {
  return {
    id: raw.id,
    chat,
    from: raw.from,
    name: raw.name,
    date: millis(raw.date),
    text: raw.text,
    entities: raw.entities,
    buttons: raw.buttons,
    files: raw.files,
    service: raw.service,
    replyTo: raw.reply_to,
    quote: raw.quote,
    album: raw.album,
    topic: raw.topic,
    edited: raw.edited,
    deleted: raw.deleted,
    pinned: raw.pinned,
    forward: raw.forward ? forwarded(raw.forward) : null,
  };
}

/** The name of whoever first wrote a forwarded message. */
function forwarded(origin) {
  const chat = origin.sender_chat ?? origin.chat;
  return origin.sender_user?.first_name ?? origin.sender_user_name ?? chat?.title ?? "?";
}

/** The clock; `next` is the earliest instant any program still waits for, or null. */
export function readClock(raw) {
  const now = millis(raw.now);
  const due = Object.values(raw.reporters ?? {}).map((reporter) => (reporter.next ? millis(reporter.next) : NaN));
  const ahead = due.filter((each) => each > now);
  return { now, next: ahead.length ? Math.min(...ahead) : null };
}
