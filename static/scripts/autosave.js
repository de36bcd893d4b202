// Saves a page of questions while it is being answered. Says “Saved” only when the server has answered that it is.
import { keepInStep, offer } from "./choices.js";
import { read, same, write } from "./controls.js";
import { forget, keep, kept } from "./unsaved.js";

const PAUSE = 1500; // after the last key
const PATIENCE = 20_000; // for one answer of the server
const TRIES = [2, 4, 8, 15, 30].map((seconds) => seconds * 1000);

const form = document.querySelector("form[data-autosave]");
const status = form.querySelector("[data-status]");
const dispute = form.querySelector("[data-dispute]");
const page = form.dataset;
const codes = Object.keys(JSON.parse(page.values));

const server = JSON.parse(page.values); // what is saved, as far as this page knows
const settled = structuredClone(server); // what the controls held when they were last in step with that
const waiting = new Map(); // what the server would not take as it stands
const disputed = new Set(); // what somebody else changed too
const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let sequence = 0;
let timer = 0;
let failures = 0;
let isBusy = false;
let isLeaving = false;

const field = (name) => form.elements[name];
const unsaved = () => codes.filter((code) => !same(read(form, code), settled[code]));
const sendable = () => unsaved().filter((code) => !disputed.has(code) && !same(read(form, code), waiting.get(code) ?? settled[code]));
const crumb = `${page.tokenCookie}=`; // by its whole name: others of this domain may have cookies of a like name
const token = () => document.cookie.split("; ").find((each) => each.startsWith(crumb))?.slice(crumb.length) || field("csrfmiddlewaretoken").value;

function say(words, link) {
  if (status.textContent === words) return;
  status.textContent = words;
  if (link) status.append(" ", link);
}

function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(send, pause);
}

function record(isSent) {
  const values = Object.fromEntries(unsaved().map((code) => [code, read(form, code)]));
  if (Object.keys(values).length) keep({ person: page.person, version: field("base-version").value, values, isSent });
  else forget();
}

function body(sent) {
  const data = new FormData();
  const whole = new FormData(form);
  const own = (name) => sent.some((code) => name === code || name === `refuse-${code}` || ["day", "month", "year"].some((part) => name === `${code}-${part}`));
  for (const [name, value] of whole) if (own(name)) data.append(name, value);
  data.set("base-version", field("base-version").value);
  data.set("tab-key", tab);
  data.set("tab-sequence", ++sequence);
  return data;
}

/** One request at a time; what is changed meanwhile goes with the next. */
async function send({ always = false } = {}) {
  const sent = Object.fromEntries(sendable().map((code) => [code, read(form, code)]));
  if (isBusy || isLeaving || !(always || Object.keys(sent).length)) return;
  isBusy = true;
  try {
    const headers = { "X-CSRFToken": token(), Accept: "application/json" };
    const response = await fetch(page.autosave, {
      method: "POST",
      body: body(Object.keys(sent)),
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    await hear(response, sent);
  } catch {
    tryAgain("Not saved yet, trying again");
  } finally {
    isBusy = false;
  }
  if (!failures && sendable().length) later(0);
}

async function hear(response, sent) {
  if (response.type === "opaqueredirect") return signedOut();
  if (response.status >= 500 || response.status === 429) return tryAgain("Not saved yet, trying again");
  if (!response.headers.get("Content-Type")?.startsWith("application/json")) return refused(sent);
  failures = 0;
  const reply = await response.json();
  if (reply.state === "conflict") showDispute(reply.disputes);
  else if (reply.state === "saved") accept(reply, sent);
  record(false);
}

function accept(reply, sent) {
  for (const [code, value] of Object.entries(sent)) {
    if (code in reply.waiting) waiting.set(code, value);
    else settled[code] = value;
  }
  let isInStep = !disputed.size;
  const told = codes.filter((code) => code in reply.values); // what an answer elsewhere has closed is not told
  const taken = told.filter((code) => !(code in sent) && !same(reply.values[code], server[code]));
  for (const code of taken) {
    if (same(read(form, code), settled[code])) write(form, code, (settled[code] = reply.values[code]));
    else isInStep = false; // both changed it: the old version must stand, so that the server sees the conflict
  }
  // What waits was written against the old version, unless nobody else has touched it.
  if (isInStep) {
    for (const code of told) server[code] = reply.values[code];
    field("base-version").value = reply.version;
  }
  for (const code of codes) keepInStep(form, code, Boolean(settled[code]?.length));
  tell(reply, sent, taken);
}

function tell(reply, sent, taken) {
  const waits = Object.values(reply.waiting);
  if (waits.length) return say(waits[0].startsWith("Not saved") ? waits[0] : `Not saved yet: ${waits[0]}`);
  if (disputed.size || !Object.keys(sent).length) return;
  const news = taken.length ? ". An answer that somebody else has changed is shown as it is now" : "";
  say(`Saved at ${reply.at}${news}${reply.unasked && `. ${reply.unasked}`}`);
}

function tryAgain(words, link) {
  record(false);
  say(words, link);
  later(TRIES[Math.min(failures++, TRIES.length - 1)]);
}

function signedOut() {
  const link = Object.assign(document.createElement("a"), { href: page.signIn, target: "_blank", className: "govuk-link" });
  link.textContent = "Sign in again in another tab";
  tryAgain("Not saved: you have been signed out. What you wrote stays on this page and is saved once you are back.", link);
}

function refused(sent) {
  for (const [code, value] of Object.entries(sent)) waiting.set(code, value);
  record(false);
  say("Not saved. What you wrote stays on this page: use “Save and continue” to see why.");
}

function showDispute(disputes) {
  const list = dispute.querySelector("ul");
  for (const each of disputes) {
    disputed.add(each.item);
    const line = document.createElement("li");
    line.textContent =
      `“${each.label}” was changed by ${each.who} ${each.when}, while you had this page open. ` +
      `Yours: ${each.mine}. Theirs: ${each.theirs}.`;
    list.append(line);
  }
  dispute.hidden = false;
  say("Not saved yet: choose which answer stands");
}

function restore() {
  const found = kept(page.person);
  const lost = Object.entries(found?.values ?? {}).filter(([code, value]) => code in server && !same(read(form, code), value));
  if (!lost.length) return;
  for (const [code, value] of lost) write(form, code, value);
  field("base-version").value = found.version;
  say("What you wrote before and could not be saved is back on this page");
  later(PAUSE);
}

form.addEventListener("input", (event) => {
  // Whoever writes has changed their mind about refusing.
  const box = event.target.value.trim() && field(`refuse-${event.target.name.replace(/-(day|month|year)$/, "")}`);
  if (box) box.checked = false;
});
form.addEventListener("input", (event) => {
  // What comes with an answer comes at once: later it would move the page under a hand that is on its way to the next.
  if (event.target.type === "radio" && event.target.value) offer(form, event.target.name, "");
});
form.addEventListener("input", (event) => later(["radio", "checkbox"].includes(event.target.type) ? 0 : PAUSE));
form.addEventListener("submit", () => {
  isLeaving = true;
  clearTimeout(timer);
  record(true);
  field("csrfmiddlewaretoken").value = token();
  field("tab-key").value = tab;
  field("tab-sequence").value = ++sequence;
});
addEventListener("online", () => later(0));
addEventListener("focus", () => failures && later(0));
addEventListener("beforeunload", (event) => {
  if (!isLeaving && unsaved().length) event.preventDefault();
});
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  isLeaving = false; // back from the browser's memory: the version that travels with the page may be an old one
  for (const button of form.querySelectorAll("button")) button.disabled = false;
  send({ always: true });
});
restore();
