// The controls of one item, read and written in the words that a form sends.

import { offer } from "./choices.js";

const PARTS = ["day", "month", "year"];

const named = (form, code) => [...form.elements].filter((each) => each.name === code && each.type !== "hidden");
const part = (form, code, name) => form.elements[`${code}-${name}`];

const refusal = (form, code) => form.elements[`refuse-${code}`];

/** What the controls of an item hold: a word, or a list of words where several can be ticked or a text is refused. */
export function read(form, code) {
  const words = answer(form, code);
  return refusal(form, code)?.checked && !words.trim() ? ["refused"] : words;
}

function answer(form, code) {
  const controls = named(form, code);
  if (!controls.length) return readDate(form, code);
  const [first] = controls;
  const ticked = controls.filter((each) => each.checked).map((each) => each.value);
  if (first.type === "checkbox") return ticked.sort();
  return first.type === "radio" ? (ticked[0] ?? "") : first.value;
}

function readDate(form, code) {
  const [day, month, year] = PARTS.map((name) => part(form, code, name)?.value.trim() ?? "");
  return day || month || year ? `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}` : "";
}

/** Puts words into the controls of an item. */
export function write(form, code, words) {
  const box = refusal(form, code);
  if (!box) return put(form, code, words);
  const isRefused = Array.isArray(words);
  box.checked = isRefused;
  if (isRefused) box.closest("[hidden]")?.removeAttribute("hidden");
  put(form, code, isRefused ? "" : words);
}

function put(form, code, words) {
  const controls = named(form, code);
  if (!controls.length) return writeDate(form, code, words);
  if (controls[0].type === "radio") offer(form, code, words);
  for (const each of named(form, code)) {
    if (each.type === "checkbox") each.checked = words.includes(each.value);
    else if (each.type === "radio") each.checked = each.value === words;
    else each.value = words;
  }
}

function writeDate(form, code, words) {
  const [year = "", month = "", day = ""] = words.split("-");
  const values = { day: day.replace(/^0/, ""), month: month.replace(/^0/, ""), year };
  for (const name of PARTS) if (part(form, code, name)) part(form, code, name).value = values[name];
}

/** Whether two readings of an item are the same answer. */
export function same(one, other) {
  return tidy(one) === tidy(other);
}

function tidy(words) {
  if (Array.isArray(words)) return JSON.stringify([...words].sort());
  const text = (words ?? "").normalize("NFC").replaceAll("\r\n", "\n");
  return text.trim() ? text : "";
}
