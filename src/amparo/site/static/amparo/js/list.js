// Selection in lists: all, a range with Shift, and the bar that says how many.
"use strict";
let last = null;
const boxes = (list) => [...list.querySelectorAll("[data-row] input[type=checkbox]")];

function tell(list) {
  const all = boxes(list);
  const chosen = all.filter((box) => box.checked).length;
  const bar = list.querySelector(".bulk");
  if (bar) {
    bar.classList.toggle("is-open", chosen > 0);
    for (const place of bar.querySelectorAll("[data-count]")) place.textContent = String(chosen);
  }
  const every = list.querySelector("[data-select-all]");
  if (every) {
    every.checked = chosen > 0 && chosen === all.length;
    every.indeterminate = chosen > 0 && chosen < all.length;
  }
}

document.addEventListener("click", (event) => {
  const list = event.target.closest("[data-list]");
  if (!list || !event.target.matches("input[type=checkbox]")) return;
  const all = boxes(list);
  if (event.target.matches("[data-select-all]")) {
    for (const box of all) box.checked = event.target.checked;
  } else if (event.shiftKey && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(event.target)].sort((a, b) => a - b);
    for (const box of all.slice(from, to + 1)) box.checked = event.target.checked;
  }
  if (all.includes(event.target)) last = event.target;
  tell(list);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-select-none]")) return;
  const list = event.target.closest("[data-list]");
  for (const box of boxes(list)) box.checked = false;
  tell(list);
});

// Enter in a field of the bar's menu does what its first button says.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".bulk .menu-form input")) return;
  event.preventDefault();
  event.target.closest(".menu-form").querySelector("button").click();
});

const tellAll = () => document.querySelectorAll("[data-list]").forEach(tell);
tellAll();
document.addEventListener("htmx:afterSettle", tellAll);
window.addEventListener("pageshow", tellAll);
