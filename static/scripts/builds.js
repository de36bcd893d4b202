// The page of a build follows it without being loaded anew: a person reading it, by eye or by ear, is not disturbed by
// every step, and hears of its end once.

const EVERY = 1_500;

async function look() {
  const shown = document.querySelector("#build");
  if (!shown.hasAttribute("data-under-way")) return;
  try {
    const answer = document.hidden ? null : await fetch(location.href, { credentials: "same-origin", redirect: "error" });
    if (answer?.ok) exchange(shown, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // Offline, or signed out: the next look comes soon.
  }
  setTimeout(look, EVERY);
}

/** Only words change while it is under way, so that the button keeps the focus; at its end everything does. */
function exchange(shown, page) {
  const fresh = page.querySelector("#build");
  if (!fresh) return;
  if (fresh.hasAttribute("data-under-way") && shown.querySelector("progress")) {
    for (const part of ["h1", ".govuk-body-l"]) shown.querySelector(part).textContent = fresh.querySelector(part).textContent;
    const [bar, news] = [shown, fresh].map((each) => each.querySelector("progress"));
    bar.max = news.max;
    bar.value = news.value;
  } else {
    const hadFocus = shown.contains(document.activeElement);
    shown.replaceWith(fresh);
    document.querySelector("#build-news").textContent = fresh.querySelector("h1").textContent;
    if (hadFocus) fresh.querySelector("h1").focus();
  }
  document.title = page.title;
}

look();
