// Marks the page as scripted, and shows a theme at once while the server keeps the choice.
"use strict";
const root = document.documentElement;
root.classList.add("js");

let kept = Promise.resolve();

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-set-theme]");
  if (!choice) return;
  event.preventDefault();
  const theme = choice.dataset.setTheme;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  for (const other of document.querySelectorAll("[data-set-theme]")) {
    other.setAttribute("aria-pressed", String(other === choice));
  }
  const form = choice.closest("form");
  const body = new FormData(form);
  body.set(choice.name, choice.value);
  // One after the other: the last choice is the one that stays.
  kept = kept.then(() => fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } })).catch(() => {});
});
