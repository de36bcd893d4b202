// The text of a report: what it prints is shown while somebody writes, and nobody leaves with a text that is not saved.
const PAUSE = 700; // after the last key
const PATIENCE = 20_000;

const form = document.querySelector("form[data-writing]");
const box = form.elements.text;
const preview = document.querySelector("[data-preview]");
const news = document.querySelector("[data-news]");
const saved = form.hasAttribute("data-unsaved") ? null : box.defaultValue;
const isBack = preview !== null && box.value !== box.defaultValue; // the browser kept what was typed

let timer = 0;
let asked = null;
let isLeaving = false;

/** Asks for what the text prints; an answer that comes after another question is thrown away. */
async function look() {
  const question = new AbortController();
  asked = question;
  const late = setTimeout(() => question.abort(), PATIENCE);
  try {
    const answer = await fetch(form.dataset.fragment, { method: "POST", body: new FormData(form), redirect: "error", signal: question.signal });
    const words = await answer.text();
    if (asked === question) answer.ok ? show(words) : say("The preview could not be made. Save your text, or try “Preview without saving”.");
  } catch {
    if (asked === question) say("The preview is not up to date: the server does not answer.");
  } finally {
    clearTimeout(late);
  }
}

function say(words) {
  if (news.textContent !== words) news.textContent = words;
}

/** Keeps the place that was being read; while the text has errors, the last pages that could be shown stay below. */
function show(words) {
  const fresh = new DOMParser().parseFromString(words, "text/html").body;
  const before = preview.querySelector(".writing__page");
  const after = fresh.querySelector(".writing__page");
  const place = before?.scrollTop ?? 0;
  const isOpen = preview.querySelector("details")?.open ?? false;
  const title = fresh.querySelector("[data-said]");
  if (!after && before) {
    fresh.querySelector("[data-errors] + p")?.replaceChildren("Below is what was printed before these.");
    fresh.append(before);
  }
  preview.replaceChildren(...fresh.childNodes);
  preview.toggleAttribute("data-stale", !after);
  const details = preview.querySelector("details");
  if (details) details.open = isOpen;
  const shown = preview.querySelector(".writing__page");
  if (shown) shown.scrollTop = place;
  if (title) say(title.dataset.said);
}

/** Where a line begins: the height of everything above it, set as the box sets it. */
function height(above) {
  const copy = document.createElement("div");
  const set = getComputedStyle(box);
  for (const name of ["fontFamily", "fontSize", "lineHeight", "whiteSpace", "overflowWrap", "letterSpacing"]) copy.style[name] = set[name];
  copy.style.position = "absolute";
  copy.style.visibility = "hidden";
  copy.style.width = `${box.clientWidth - parseFloat(set.paddingLeft) - parseFloat(set.paddingRight)}px`;
  copy.textContent = above;
  document.body.append(copy);
  const found = copy.offsetHeight;
  copy.remove();
  return found;
}

function goTo(line) {
  const lines = box.value.split("\n");
  const above = lines.slice(0, line - 1).join("\n");
  const start = line > 1 ? above.length + 1 : 0;
  box.focus();
  box.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  box.scrollTop = Math.max(0, height(above) - box.clientHeight / 3);
}

box.addEventListener("input", () => {
  if (!preview) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});

preview?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  goTo(Number(link.dataset.line));
});

form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
});

addEventListener("beforeunload", (event) => {
  if (!isLeaving && box.value !== saved) event.preventDefault();
});

addEventListener("pageshow", () => {
  isLeaving = false;
});

if (isBack || preview?.querySelector("[data-waits]")) look();

// What can stand in the text is looked for beside it; without this script it opens in a page of its own.
const words = document.querySelector("[data-words]");
const search = words?.querySelector("form");
const said = words?.querySelector("[data-words-said]");
const place = words?.querySelector("[data-words-found]");

let searches = 0;

/** Asks for what the words stand for; an answer that comes after another search is thrown away. */
async function find() {
  const number = ++searches;
  try {
    const answer = await fetch(`${search.action}?${new URLSearchParams(new FormData(search))}`);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (number !== searches) return;
    place.replaceChildren(page.querySelector(".tokens") ?? "");
    place.hidden = false;
    said.textContent = page.querySelector("main [role=status]")?.textContent ?? "";
  } catch {
    if (number === searches) said.textContent = "The server does not answer. Try again.";
  }
}

search?.querySelector("[data-elsewhere]").remove();
search?.addEventListener("submit", (event) => {
  event.preventDefault();
  find();
});
words?.addEventListener("toggle", () => {
  if (words.open && place.hidden) find();
});
