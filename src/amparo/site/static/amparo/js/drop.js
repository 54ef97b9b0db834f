// The drop zone: files or whole folders dropped on .drop go into its file input.
"use strict";
const zone = (event) => event.target.closest?.(".drop");

document.addEventListener("dragover", (event) => {
  if (!zone(event) || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  zone(event).classList.add("is-over");
});
document.addEventListener("dragleave", (event) => zone(event)?.classList.remove("is-over"));
document.addEventListener("drop", (event) => {
  const target = zone(event);
  if (!target) return;
  event.preventDefault();
  target.classList.remove("is-over");
  const input = target.querySelector("input[type=file]");
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});
document.addEventListener("change", (event) => {
  const target = zone(event);
  const place = target?.querySelector("[data-chosen]");
  if (!place || event.target.type !== "file") return;
  place.replaceChildren(...[...event.target.files].slice(0, 50).map((file) => {
    const line = document.createElement("li");
    line.textContent = file.webkitRelativePath || file.name;
    return line;
  }));
  target.closest("form")?.querySelector("[data-needs-files]")?.removeAttribute("disabled");
});
