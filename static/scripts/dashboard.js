// The dashboard keeps itself up to date: every half a minute it asks for its panels and makes those on the page say the
// same. Nothing is asked while nobody looks.
import { renew } from "./renewing.js";

const EVERY = 30_000;
const live = document.querySelector("[data-live]");
const news = document.querySelector("#live-news");

const headline = () => document.querySelector("#headline").textContent.trim();

function exchange(fresh) {
  const before = headline();
  for (const panel of fresh.querySelectorAll("[data-panel]")) {
    const shown = live.querySelector(`[data-panel="${panel.dataset.panel}"]`);
    if (shown) renew(shown, panel);
    else live.append(panel);
  }
  if (headline() !== before) news.textContent = `The response is now ${headline()}.`;
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
