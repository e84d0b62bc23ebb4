// What the browser remembers between visits; a browser that refuses storage only forgets.

const PREFIX = "yishiting.";

export function remembered(key) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch {
    return null;
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Private windows may refuse storage; the page works without it.
  }
}
