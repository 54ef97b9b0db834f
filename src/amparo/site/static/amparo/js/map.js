// Reviewing what each field of a form asks: the box of the line in hand is marked on the page, and
// y, e, h and w act on that line. After a word the next line that waits is in hand.
"use strict";
const lines = () => [...document.querySelectorAll("[data-map] > [data-field]")];
const boxOf = (line) => document.querySelector(`.map-box[data-for="${CSS.escape(line.id)}"]`);
let at = 0;

function take(line) {
  for (const deed of document.querySelectorAll("[data-map] [data-key]")) delete deed.dataset.key;
  for (const deed of line.querySelectorAll("[data-word]")) deed.dataset.key = deed.dataset.word[0];
  for (const box of document.querySelectorAll(".map-box.is-here")) box.classList.remove("is-here");
  const box = boxOf(line);
  box?.classList.add("is-here");
  at = lines().indexOf(line);
}

function goOn(from) {
  const all = lines();
  const next = all.slice(from).find((line) => line.dataset.state === "wait") ?? all[from];
  if (!next) return;
  next.querySelector("[data-open], a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  take(next);
}

document.addEventListener("focusin", (event) => {
  const line = event.target.closest?.("[data-map] > [data-field]");
  if (line) take(line);
});
document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".map-box");
  const line = box && document.getElementById(box.dataset.for);
  if (!line) return;
  line.querySelector("[data-open], a")?.focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
});
// An answer settles in parts, the count of what waits among them: only its line counts, and only
// while it is still the one in hand.
document.addEventListener("htmx:afterSettle", (event) => {
  const line = event.target;
  if (!line.matches?.("[data-map] > [data-field]")) return;
  boxOf(line)?.setAttribute("class", `map-box map-box--${line.dataset.state}`);
  if (lines()[at] === line) goOn(line.querySelector(".errorlist") ? at : at + 1);
});
document.addEventListener("DOMContentLoaded", () => {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  const first = named?.matches?.("[data-field]") ? lines().indexOf(named) : 0;
  if (lines().length) goOn(Math.max(0, first));
});
