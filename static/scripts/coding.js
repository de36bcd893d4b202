// Coding an answer by keyboard: number keys tick codes, a selected passage is kept with the code that is ticked.
const form = document.querySelector("form[data-coding]");
const answer = form.querySelector("[data-answer]");
const kept = form.elements.passages;
const useKeys = form.querySelector("[data-keys]");
const text = answer.textContent;
const MARK = "coded-passage";

let passages = JSON.parse(kept.value || "[]");
let selected = null;

// The server counts characters, a script counts half of some of them.
const length = (words) => [...words].length;
const characters = [...text];

/** Where in the answer something is selected, in characters; nothing where it is not. */
function selection() {
  const chosen = document.getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return null;
  const range = chosen.getRangeAt(0);
  if (!answer.contains(range.startContainer) || !answer.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(answer, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = length(before.toString());
  const end = start + length(range.toString());
  return end > start ? [start, end] : null;
}

function note() {
  kept.value = JSON.stringify(passages);
  for (const list of form.querySelectorAll("[data-passages]")) {
    const own = passages.filter(([code]) => code === list.dataset.passages);
    list.replaceChildren(...own.map((passage) => entry(passage)));
  }
  highlight();
}

function entry(passage) {
  const [, start, end] = passage;
  const words = characters.slice(start, end).join("");
  const item = document.createElement("li");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "app-link-button";
  remove.textContent = "Remove";
  remove.setAttribute("aria-label", `Remove the passage “${words}”`);
  remove.addEventListener("click", () => {
    passages = passages.filter((each) => each !== passage);
    note();
  });
  item.append(`“${words}” `, remove);
  return item;
}

/** Passages are shown in the text where the browser can do that without touching it. */
function highlight() {
  if (!globalThis.Highlight || answer.childNodes.length !== 1) return;
  const node = answer.firstChild;
  const at = (place) => characters.slice(0, place).join("").length;
  const ranges = passages.map(([, start, end]) => {
    const range = document.createRange();
    range.setStart(node, at(start));
    range.setEnd(node, at(end));
    return range;
  });
  CSS.highlights.set(MARK, new Highlight(...ranges));
}

form.addEventListener("change", ({ target }) => {
  if (target.name !== "codes") return;
  if (target.checked && selected && target.value !== "none-of-these") passages.push([target.value, ...selected]);
  if (!target.checked) passages = passages.filter(([code]) => code !== target.value);
  const live = new Set([...form.querySelectorAll("[name=codes]:checked")].map((box) => box.value));
  passages = passages.filter(([code]) => live.has(code));
  if (target.checked) {
    selected = null;
    document.getSelection().removeAllRanges();
  }
  note();
});

// Clicking a box takes the selection away before the box hears of it.
document.addEventListener("selectionchange", () => {
  const now = selection();
  if (now) selected = now;
});
answer.addEventListener("pointerdown", () => {
  selected = null;
});

function press(box) {
  // A code that is ticked already takes another passage; without one the key takes the tick away.
  if (box.checked && selected) {
    passages.push([box.value, ...selected]);
    selected = null;
    document.getSelection().removeAllRanges();
    note();
  } else {
    box.click();
  }
}

document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input:not([type=checkbox]), textarea, select");
  if (!useKeys.checked || writes || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const box = /^\d$/.test(event.key) && form.querySelector(`[data-number="${event.key}"]`);
  const back = form.querySelector("[data-back]");
  if (box) press(box);
  else if (event.key.toLowerCase() === "s") form.querySelector("[name=send]").click();
  else if (event.key.toLowerCase() === "b" && back) back.click();
  else return;
  event.preventDefault();
});

// Single keys can be put off (they get in the way of those who speak to their computer); the choice is remembered.
useKeys.checked = localStorage.getItem("coding-keys") !== "off";
useKeys.addEventListener("change", () => {
  localStorage.setItem("coding-keys", useKeys.checked ? "on" : "off");
  show();
});

function show() {
  for (const part of form.querySelectorAll("[data-script]")) part.hidden = part.matches("kbd") && !useKeys.checked;
}

show();
note();
