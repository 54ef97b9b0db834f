// Pictures stay blurred and grey until someone asks to see them, on this page and this time only.
"use strict";
(() => {
  const list = document.getElementById("list");
  const tell = () => {
    const shown = list.classList.contains("is-unveiled");
    for (const button of list.querySelectorAll("[data-unveil]")) button.setAttribute("aria-pressed", String(shown));
  };
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-unveil]")) return;
    list.classList.toggle("is-unveiled");
    tell();
  });
  document.addEventListener("htmx:afterSettle", tell);
})();
