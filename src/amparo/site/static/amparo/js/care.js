// Graphic material stays blurred and silent until asked for; time with it is told to its owner only.
"use strict";
(() => {
  const box = document.querySelector("[data-care]");
  if (!box) return;
  const form = box.querySelector("[data-expose]");
  const media = box.querySelector("video, audio");
  const every = 15;
  const awake = 180;
  let seconds = 0;
  let touched = Date.now();

  const unveiled = () => box.classList.contains("is-unveiled");
  const silence = () => {
    if (media && !unveiled() && !media.muted) media.muted = true;
  };

  const tell = async (leaving) => {
    if (!seconds || !form) return;
    const data = new FormData(form);
    data.set("seconds", String(seconds));
    seconds = 0;
    if (leaving) return void navigator.sendBeacon(form.action, data);
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { minutes } = await answer.json();
    box.querySelector("[data-minutes]").textContent = String(minutes);
    box.querySelector("[data-care-time]").hidden = false;
  };

  const isLooking = () => unveiled() && document.visibilityState === "visible" && (Date.now() - touched < awake * 1000 || (media && !media.paused));

  box.addEventListener("click", (event) => {
    if (!event.target.closest("[data-show-graphic]")) return;
    event.preventDefault();
    box.classList.add("is-unveiled");
    if (media) media.muted = false;
    (media ?? box.querySelector("[tabindex]"))?.focus();
  });
  media?.addEventListener("volumechange", silence);
  for (const sign of ["keydown", "pointerdown", "pointermove", "scroll"]) {
    document.addEventListener(sign, () => { touched = Date.now(); }, { passive: true, capture: true });
  }
  setInterval(() => {
    if (!isLooking()) return;
    seconds += 1;
    if (seconds >= every) tell(false);
  }, 1000);
  window.addEventListener("pagehide", () => tell(true));
  silence();
})();
