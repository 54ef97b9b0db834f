// The viewer: selected words become a passage that can be pinned, and #page=3&xywh=… is shown.
"use strict";
const SVG = "http://www.w3.org/2000/svg";
const points = (text) => [...text].length; // as the server counts: code points, not UTF-16 units

// The offset in the page's text of a place in the document; null when it is not on the page.
function offset(node, at) {
  const page = node && (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-page-text]");
  if (!page) return null;
  const word = (node.nodeType === 1 ? node : node.parentElement).closest("[data-at]");
  if (word) return Number(word.dataset.at) + (node.nodeType === 3 ? points(node.data.slice(0, at)) : at ? points(word.textContent) : 0);
  if (page.namespaceURI === SVG) return between(page, node, at);
  const range = document.createRange();
  range.selectNodeContents(page);
  range.setEnd(node, at);
  return points(range.toString());
}

// A place between the words of a drawing: where the next word begins, else where the last one ends.
function between(page, node, at) {
  const words = [...page.querySelectorAll("[data-at]")];
  const mark = document.createRange();
  mark.setStart(node, at);
  const next = words.find((word) => mark.comparePoint(word, 0) >= 0);
  if (next) return Number(next.dataset.at);
  const last = words.at(-1);
  return last ? Number(last.dataset.at) + points(last.textContent) : 0;
}

function showSelection() {
  const form = document.querySelector("[data-pin-form]");
  if (!form || form.contains(document.activeElement)) return;
  const selection = document.getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0) : null;
  const start = range && !range.collapsed ? offset(range.startContainer, range.startOffset) : null;
  const end = start === null ? null : offset(range.endContainer, range.endOffset);
  const quote = selection.toString().trim();
  form.hidden = start === null || end === null || end <= start || !quote;
  if (form.hidden) return;
  form.elements.start.value = String(start);
  form.elements.end.value = String(end);
  form.querySelector("[data-pin-quote]").textContent = quote;
}

function placeNamed() {
  const named = new URLSearchParams(location.hash.slice(1));
  return { page: Number(named.get("page")), boxes: named.getAll("xywh").map((text) => text.split(",").map(Number)), quote: named.get("quote") };
}

function showPlace() {
  const place = placeNamed();
  const shown = document.querySelector("[data-page]");
  if (!shown || !place.page) return;
  if (Number(shown.dataset.page) !== place.page) {
    const address = new URL(location.href);
    const asked = address.searchParams.get("page");
    if (Number(asked) === place.page) return; // there is no such page
    address.searchParams.set("page", String(place.page));
    location.replace(address);
    return;
  }
  for (const old of shown.querySelectorAll("rect.is-current")) old.remove();
  const layer = shown.querySelector("[data-pins]");
  if (!layer) return showQuote(shown, place.quote);
  for (const [x, y, width, height] of place.boxes) {
    if (![x, y, width, height].every(Number.isFinite)) continue;
    const box = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ class: "pin is-current", x, y, width, height })) box.setAttribute(name, String(value));
    layer.append(box);
  }
  layer.querySelector(".is-current")?.scrollIntoView({ block: "center", inline: "nearest" });
}

function showQuote(page, quote) {
  const marks = [...page.querySelectorAll("mark")];
  (marks.find((mark) => mark.textContent === quote) ?? marks[0])?.scrollIntoView({ block: "center" });
}

// What is pinned is what is selected at that moment: the browser tells of a selection a little later.
function pinOnlyASelection(event) {
  if (!event.target.matches?.("[data-pin-form]")) return;
  showSelection();
  if (!event.target.hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener("selectionchange", showSelection);
document.addEventListener("submit", pinOnlyASelection, true);
window.addEventListener("hashchange", showPlace);
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "stage") return;
  event.target.querySelector(".viewer-frame")?.scrollTo(0, 0);
});
showPlace();
