// A part of a page is made to say what a fresh copy of it says. Every element that stays is the same element afterwards:
// the keyboard keeps its place, what was opened stays open, and nothing scrolls. What has an id meets only its like.

const OF_THE_PERSON = new Set(["open"]); // which the page does not decide

export function renew(shown, fresh) {
  if (shown.isEqualNode(fresh)) return;
  if (shown.nodeType === Node.ELEMENT_NODE) {
    renewAttributes(shown, fresh);
    renewChildren(shown, fresh);
  } else {
    shown.nodeValue = fresh.nodeValue;
  }
}

function renewAttributes(shown, fresh) {
  for (const name of shown.getAttributeNames()) {
    if (!fresh.hasAttribute(name) && !OF_THE_PERSON.has(name)) shown.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (shown.getAttribute(name) !== value && !OF_THE_PERSON.has(name)) shown.setAttribute(name, value);
  }
}

function renewChildren(shown, fresh) {
  let place = shown.firstChild;
  for (const each of [...fresh.childNodes]) {
    const partner = partnerOf(each, place);
    if (partner) {
      while (place !== partner) place = dropped(place);
      place = partner.nextSibling;
      renew(partner, each);
    } else {
      shown.insertBefore(each, place);
    }
  }
  while (place) place = dropped(place);
}

/** The next element of its name; words only meet the words at their own place, or they would skip what lies between. */
function partnerOf(node, place) {
  if (node.nodeType !== Node.ELEMENT_NODE) return place?.nodeName === node.nodeName ? place : null;
  let found = place;
  while (found && !(found.nodeName === node.nodeName && found.id === node.id)) found = found.nextSibling;
  return found;
}

function dropped(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
