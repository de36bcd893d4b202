// The dashboard keeps itself up to date: every half a minute it asks for its panels and exchanges those that changed.
// Nothing is asked while nobody looks, and a panel that somebody is in with the keyboard waits for the next time.

const EVERY = 30_000;
const live = document.querySelector("[data-live]");
const news = document.querySelector("#live-news");

/** A panel's words without what differs at every look, such as the time. */
function essence(panel) {
  const copy = panel.cloneNode(true);
  for (const each of copy.querySelectorAll("[data-volatile]")) each.remove();
  for (const each of copy.querySelectorAll("details")) each.removeAttribute("open");
  return copy.innerHTML;
}

function exchange(fresh) {
  const before = document.querySelector("#headline").textContent.trim();
  for (const panel of fresh.querySelectorAll("[data-panel]")) {
    const shown = live.querySelector(`[data-panel="${panel.dataset.panel}"]`);
    if (!shown) {
      live.append(panel);
    } else if (essence(shown) !== essence(panel)) {
      if (!shown.contains(document.activeElement)) keepOpen(shown, panel);
    } else {
      const times = panel.querySelectorAll("[data-volatile]");
      shown.querySelectorAll("[data-volatile]").forEach((each, place) => each.replaceWith(times[place]));
    }
  }
  const after = document.querySelector("#headline").textContent.trim();
  if (after !== before) news.textContent = `The response is now ${after}.`;
}

/** Puts the fresh panel in place with the same parts opened. */
function keepOpen(shown, panel) {
  const opened = [...shown.querySelectorAll("details")].map((each) => each.open);
  panel.querySelectorAll("details").forEach((each, place) => { each.open = opened[place] ?? false; });
  shown.replaceWith(panel);
}

async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(live.dataset.live, { credentials: "same-origin", redirect: "error" });
    if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Offline, or signed out: what is shown says as of when it is, and the next look comes soon.
  }
}

if (live) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
