// Locks an unattended session: <body data-idle="900"> seconds without a key, a touch or a move.
"use strict";
const seconds = Number(document.body.dataset.idle || 0);
if (seconds > 0) {
  let timer = 0;
  const lock = () => document.getElementById("lock-form")?.requestSubmit();
  const wake = () => { clearTimeout(timer); timer = setTimeout(lock, seconds * 1000); };
  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(sign, wake, { passive: true, capture: true });
  }
  wake();
}
