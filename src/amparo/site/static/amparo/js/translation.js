// Writing a translation: Ctrl Enter keeps, and nobody leaves unkept words by mistake.
"use strict";
const work = document.querySelector("[data-keep]")?.form;
let unkept = false;

work?.addEventListener("input", () => { unkept = true; });
work?.addEventListener("submit", () => { unkept = false; });
work?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  work.requestSubmit(work.querySelector("[data-keep]"));
});
window.addEventListener("beforeunload", (event) => { if (unkept) event.preventDefault(); });
