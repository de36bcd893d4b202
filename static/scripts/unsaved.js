// The last resort: what could not be sent, kept in this tab until it is saved, and gone when the person signs out.

const PREFIX = "unsaved:";
const LEFT = new BroadcastChannel("signed-out");

const key = (path) => PREFIX + path;
const keys = () => Object.keys(sessionStorage).filter((each) => each.startsWith(PREFIX));

/** Keeps what is not saved on this page; `sent` when a form is on its way with it. */
export function keep(record) {
  try {
    sessionStorage.setItem(key(location.pathname), JSON.stringify(record));
  } catch {
    // Full or forbidden: the text is still on the page.
  }
}

/** Forgets what was kept for this page. */
export function forget() {
  sessionStorage.removeItem(key(location.pathname));
}

/** What was kept for this page by this person; what another person left behind is thrown away. */
export function kept(person) {
  const record = JSON.parse(sessionStorage.getItem(key(location.pathname)) ?? "null");
  if (record && record.person !== person) forget();
  return record?.person === person ? record : null;
}

function forgetAll() {
  for (const each of keys()) sessionStorage.removeItem(each);
}

/** On every page: forms that have arrived are forgotten, and everything is when the person signs out, in any tab. */
export function watch() {
  LEFT.addEventListener("message", forgetAll);
  const signOut = document.querySelector('form[action$="/out/"]');
  if (!signOut) return;
  for (const each of document.querySelectorAll('form[action$="/out/"]')) {
    each.addEventListener("submit", () => {
      forgetAll();
      LEFT.postMessage("out");
    });
  }
  for (const each of keys()) {
    const isSent = JSON.parse(sessionStorage.getItem(each)).isSent;
    if (isSent && each !== key(location.pathname)) sessionStorage.removeItem(each);
  }
}
