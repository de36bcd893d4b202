// Choices that a page gains and loses while it is open, as the server would show them after a reload: one that takes an
// answer back is there where an answer stands, and a refusal where somebody has refused.

const WORDS = { "": "No answer", refused: "I do not want to answer" };

const radios = (form, code) => [...form.elements].filter((each) => each.name === code && each.type === "radio");
const find = (form, code, value) => radios(form, code).find((each) => each.value === value);

/** Makes sure that this can be chosen for the item, if it is one of the two that come and go. */
export function offer(form, code, value) {
  const [first] = radios(form, code);
  if (!first || !(value in WORDS) || find(form, code, value)) return;
  const row = first.closest(".app-battery__row");
  if (row) addToRow(row, code, value);
  else first.closest(".govuk-radios").append(choiceLike(first.closest(".govuk-radios__item"), code, value));
}

/** Shows or hides the choice that takes an answer back; one that has the focus stays until it is left. */
export function keepInStep(form, code, isAnswered) {
  whenReleased(() => {
    const back = find(form, code, "");
    if (isAnswered) offer(form, code, "");
    else if (back && back === document.activeElement) back.addEventListener("blur", () => whenReleased(() => back.checked && withdraw(back)), { once: true });
    else if (back) withdraw(back);
  });
}

// Nothing moves under a pointer that is held down: a button that moved away would miss its click.
let isPressed = false;
const waiting = [];

function whenReleased(action) {
  if (isPressed) waiting.push(action);
  else action();
}

function release() {
  isPressed = false;
  waiting.splice(0).forEach((action) => action());
}

addEventListener("pointerdown", () => { isPressed = true; }, true);
for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release), true);

function withdraw(radio) {
  const cell = radio.closest(".app-battery__cell");
  if (cell) cell.replaceWith(blank());
  else radio.closest(".govuk-radios__item").remove();
}

function choiceLike(model, code, value) {
  const choice = model.cloneNode(true);
  const [radio, words] = [choice.querySelector("input"), choice.querySelector(".app-battery__word, label")];
  Object.assign(radio, { id: `id_${code}-${value || "none"}`, value, checked: false });
  radio.removeAttribute("checked");
  (choice.matches("label") ? choice : words).htmlFor = radio.id;
  words.textContent = WORDS[value];
  choice.classList.add(choice.matches("label") ? "app-battery__cell--apart" : "app-apart");
  return choice;
}

function blank() {
  return Object.assign(document.createElement("span"), { className: "app-battery__blank" });
}

function addToRow(row, code, value) {
  const battery = row.closest(".app-battery");
  const place = column(battery, WORDS[value]);
  const model = row.querySelector(".app-battery__cell");
  row.querySelectorAll(".app-battery__cell, .app-battery__blank")[place].replaceWith(choiceLike(model, code, value));
}

/** In which column of the battery the choice stands; it is added, empty, where there is none. */
function column(battery, words) {
  const heads = [...battery.querySelectorAll(".app-battery__column")];
  const place = heads.findIndex((each) => each.textContent === words);
  if (place >= 0) return place;
  const head = Object.assign(document.createElement("span"), {
    className: "app-battery__column app-battery__column--apart",
    textContent: words,
  });
  heads.at(-1).after(head);
  for (const row of battery.querySelectorAll(".app-battery__row")) row.append(blank());
  return heads.length;
}
