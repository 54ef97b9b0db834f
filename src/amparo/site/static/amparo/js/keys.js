// The keyboard: / searches, j and k move, x selects, Enter opens, g and a letter goes, ? tells.
// A page says its own keys in its HTML: <a data-key="e"> or <a data-key="g m">.
"use strict";
const typing = (node) => node.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
const here = () => document.activeElement?.closest?.("[data-row]");
const link = (row) => row.querySelector("[data-open], .row-link, a[href], button");

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step));
  link(all[next])?.focus();
  all[next].scrollIntoView({ block: "nearest" });
}

function select() {
  const box = here()?.querySelector("input[type=checkbox]");
  if (box) box.click();
}

// A key that is held down goes from page to page, but does a deed once, and not to the page that comes after.
const isHeld = (event, target) => (event.repeat && !target.matches("a[href]:not(.htmx-settling *)")) || target.matches(".htmx-request");

const deeds = {
  "/": () => { const box = document.querySelector("[data-search]"); box?.focus(); box?.select(); },
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  x: select,
};

let before = "";
let timer = 0;

document.addEventListener("keydown", (event) => {
  if (document.body.dataset.keys === "off") return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) return event.target.blur();
  if (typing(event.target) || event.target.closest?.("dialog[open], details.menu[open]")) return;
  clearTimeout(timer);
  const chord = before ? `${before} ${event.key}` : event.key;
  before = "";
  const target = document.querySelector(`[data-key="${CSS.escape(chord)}"]`);
  if (target) {
    event.preventDefault();
    if (!isHeld(event, target)) target.matches("input, select, textarea") ? target.focus() : target.click();
  } else if (deeds[chord]) {
    event.preventDefault();
    deeds[chord]();
  } else if (document.querySelector(`[data-key^="${CSS.escape(chord)} "]`)) {
    before = chord;
    timer = setTimeout(() => { before = ""; }, 1500);
  }
});
