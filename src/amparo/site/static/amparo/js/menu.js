// Menus (details.menu), dialogs and toasts: close when one would expect it.
"use strict";
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) (closer.closest("dialog") ?? { close() {} }).close();
  if (event.target.matches("dialog")) event.target.close();
  event.target.closest("[data-dismiss]")?.closest(".toast, .notice")?.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// One menu at a time; the arrows walk through an open one.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.menu[open]")) return;
  for (const menu of openMenus()) if (menu !== event.target) menu.open = false;
  event.target.querySelector("[data-first]")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  const stops = [menu.querySelector("summary"), ...menu.querySelectorAll(".menu-panel :is(a, button, input)")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length]?.focus();
  event.preventDefault();
});

// Words before a deed that cannot be taken back: <form data-confirm="…">
document.addEventListener("submit", (event) => {
  const words = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (words && !window.confirm(words)) event.preventDefault();
});

// What a button sends is sent once: a second click, or a key held down, sends nothing more.
const TWICE = 3000;
let sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || (button.getAttribute("formmethod") ?? event.target.getAttribute("method")) !== "post") return;
  if (event.timeStamp - sent.get(button) < TWICE) event.preventDefault();
  sent.set(button, event.timeStamp);
});
window.addEventListener("pageshow", () => { sent = new WeakMap(); });

// Forms that go by themselves when a choice changes: <form data-autosubmit>
document.addEventListener("change", (event) => {
  event.target.closest("form[data-autosubmit]")?.requestSubmit();
});

// Tabs that do not fit scroll: the one of this page is brought into sight.
const tab = document.querySelector(".tabs [aria-current]");
if (tab) tab.parentElement.scrollLeft += tab.getBoundingClientRect().left - tab.parentElement.getBoundingClientRect().left - 40;

// Quiet messages leave by themselves; errors stay until dismissed.
function retire(scope) {
  for (const toast of scope.querySelectorAll(".toast:not(.toast--error, .toast--warning, [data-timed])")) {
    toast.dataset.timed = "";
    setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); }, 9000);
  }
}
retire(document);
document.addEventListener("htmx:afterSettle", () => retire(document));
