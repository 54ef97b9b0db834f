// The palette: Ctrl K (or Command K) opens it, the arrows walk, Enter goes.
"use strict";
const palette = document.getElementById("palette");
const box = palette?.querySelector("input[name=q]");

function openPalette() {
  if (!palette || palette.open) return;
  palette.showModal();
  box.select();
  box.dispatchEvent(new Event("opened", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  const asked = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
  if (!asked || !palette || document.querySelector("dialog[open]:not(#palette)")) return;
  event.preventDefault();
  if (palette.open) palette.close();
  else openPalette();
}, { capture: true });

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-palette]") || !palette) return;
  event.preventDefault();
  openPalette();
});

// Enter goes to the first of what the words find, also when the server has yet to say what that is.
let answered = "";
let waiting = false;
const first = () => palette.querySelector("[data-way]")?.click();

palette?.addEventListener("htmx:afterSettle", (event) => {
  answered = event.detail.requestConfig?.parameters?.get?.("q") ?? event.detail.requestConfig?.parameters?.q ?? "";
  if (!waiting || answered !== box.value) return;
  waiting = false;
  first();
});

// Whoever types on, or closes it, no longer goes there.
for (const sign of ["input", "close"]) palette?.addEventListener(sign, () => { waiting = false; });

palette?.addEventListener("keydown", (event) => {
  const ways = [...palette.querySelectorAll("[data-way]")];
  if (event.key === "Enter" && event.target === box) {
    event.preventDefault();
    waiting = answered !== box.value || !ways.length;
    if (!waiting) first();
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const stops = [box, ...ways];
  const step = event.key === "ArrowDown" ? 1 : -1;
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length]?.focus();
});
