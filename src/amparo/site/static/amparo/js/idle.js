// Locks the session: at once by F2, wherever one is typing, or when it is unattended, after
// <body data-idle="900"> seconds without a key, a touch or a move.
"use strict";
function lock() {
  const form = document.getElementById("lock-form");
  if (!form) return;
  const back = document.createElement("input");
  Object.assign(back, { type: "hidden", name: "next", value: location.pathname + location.search });
  form.append(back);
  document.documentElement.classList.add("is-locking");
  document.title = "Amparo";
  form.submit();
}
document.addEventListener("keydown", (event) => {
  if (event.key !== "F2") return;
  event.preventDefault();
  lock();
}, { capture: true });
const seconds = Number(document.body.dataset.idle || 0);
if (seconds > 0) {
  let timer = 0;
  const wake = () => { clearTimeout(timer); timer = setTimeout(lock, seconds * 1000); };
  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(sign, wake, { passive: true, capture: true });
  }
  wake();
}
