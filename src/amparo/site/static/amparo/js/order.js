// Lists put in order by dragging or with the keyboard: <ol class="sortable" data-order> with [data-item].
// Each item carries a hidden input; the form sends them in the order shown. Alt+Up and Alt+Down move too.
"use strict";
let dragged = null;
const changed = (list) => list.dispatchEvent(new Event("reordered", { bubbles: true }));

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest(".grip")?.closest("[data-item]");
  if (item) item.draggable = true;
});
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-order] > [data-item]");
  if (!dragged) return;
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.("[data-order] > [data-item]");
  if (!dragged || !over || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over.parentElement.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
});
document.addEventListener("dragend", () => {
  if (!dragged) return;
  dragged.classList.remove("is-dragged");
  dragged.draggable = false;
  changed(dragged.parentElement);
  dragged = null;
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  const item = event.target.closest?.("[data-order] > [data-item]");
  if (!item) return;
  event.preventDefault();
  shift(item, event.key === "ArrowUp" ? -1 : 1, event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  const item = button?.closest("[data-order] > [data-item]");
  if (!item) return;
  event.preventDefault();
  shift(item, Number(button.dataset.move), button);
});
function shift(item, step, focus) {
  const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!other) return;
  item.parentElement.insertBefore(step < 0 ? item : other, step < 0 ? other : item);
  focus.focus();
  changed(item.parentElement);
}
