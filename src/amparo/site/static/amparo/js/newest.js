// A form whose answer takes its place: <form data-newest>. What was typed or moved while an answer was
// under way is newer than the answer, which is then not shown. The form has asked for the next one, or
// asks as soon as its field is left; with data-newest="again" it asks at once.
// What comes every few seconds by itself waits until the mouse is up: the click goes where it was meant.
"use strict";
const asked = new WeakMap();
const formOf = (event) => event.detail.elt.closest?.("form[data-newest]");
const said = (form) => new URLSearchParams(new FormData(form)).toString();

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = formOf(event);
  if (form) asked.set(event.detail.xhr, said(form));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { requestConfig, shouldSwap, target, xhr } = event.detail;
  if (!requestConfig.triggeringEvent && target.matches(":has(:active)")) event.detail.shouldSwap = false;
  const form = requestConfig.elt.closest("form[data-newest]");
  if (!form || !shouldSwap || asked.get(xhr) === said(form)) return;
  event.detail.shouldSwap = false;
  if (form.dataset.newest === "again") requestConfig.elt.dispatchEvent(new Event("change", { bubbles: true }));
});
