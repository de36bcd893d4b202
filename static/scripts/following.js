// Parts of a page that tell of work behind the requests follow it while it runs: the page is asked for again, and what it
// says now takes its place in the parts. Who hears the page is told once of each end, and when nothing runs nothing is asked.
//
//   data-follows      a part, with an id
//   data-work         what is said when this work ends; with an id, in a part or the part itself
//   data-under-way    while it runs
//   data-look-again   what stands in place of the link for pages without scripts
import { renew } from "./renewing.js";

const PAUSE = 2_000;
const SLOW = 10; // times as long as the page took to come, so that a heavy one costs the server no more than a tenth
const LONGEST = 60_000;
const BY_ITSELF = { "X-Asked-By-Itself": "1" }; // no sign that a person is there: the session ends in its time

let pause = PAUSE;

const underWay = () => [...document.querySelectorAll("[data-under-way]")];

async function look() {
  if (!document.hidden) await exchange();
  if (underWay().length) setTimeout(look, pause);
}

async function exchange() {
  const asked = performance.now();
  try {
    const answer = await fetch(location.href, { credentials: "same-origin", redirect: "error", headers: BY_ITSELF });
    if (!answer.ok) throw new Error(answer.statusText);
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    pause = Math.min(LONGEST, Math.max(PAUSE, SLOW * (performance.now() - asked)));
  } catch {
    pause = Math.min(LONGEST, 2 * pause); // offline, or signed out
  }
}

function show(page) {
  prepare(page);
  const ran = underWay().map((each) => each.id);
  for (const part of document.querySelectorAll("[data-follows]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) keepFocus(part, () => renew(part, fresh));
  }
  document.title = page.title;
  const ended = ran.map((id) => document.getElementById(id)).filter((each) => each && !each.hasAttribute("data-under-way"));
  if (ended.length) news.textContent = ended.map((each) => each.dataset.work).join(" ");
}

/** Where the button that had the focus is gone, the part begins with what is now to be read. */
function keepFocus(part, change) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  change();
  if (!focused || focused.isConnected) return;
  const head = part.querySelector("h1, h2") ?? part;
  head.tabIndex = -1;
  head.focus();
}

function prepare(page) {
  for (const each of page.querySelectorAll("[data-look-again]")) each.textContent = each.dataset.lookAgain;
}

const news = document.createElement("p");
if (underWay().length) {
  prepare(document);
  news.className = "govuk-visually-hidden";
  news.setAttribute("role", "status");
  document.querySelector("main").append(news);
  setTimeout(look, pause);
}
