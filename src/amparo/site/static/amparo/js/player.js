// The player of a recording: seek by the sound's shape, by moments and by lines; mark seconds to pin.
"use strict";
(() => {
  const player = document.querySelector("[data-player]");
  const media = player?.querySelector("video, audio");
  if (!media) return;
  const form = player.querySelector("[data-span-form]");
  const wave = player.querySelector("[data-wave]");
  const lines = [...player.querySelectorAll("[data-lines] > li")];
  const length = () => (Number.isFinite(media.duration) ? media.duration : Number(player.dataset.seconds) || 0);

  const clock = (at, exact) => {
    const thousandths = Math.round(at * 1000);
    const hours = Math.floor(thousandths / 3600000);
    const minutes = Math.floor(thousandths / 60000) % 60;
    const whole = String(Math.floor(thousandths / 1000) % 60).padStart(2, "0");
    const rest = exact ? `.${String(thousandths % 1000).padStart(3, "0")}` : "";
    return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${whole}${rest}` : `${minutes}:${whole}${rest}`;
  };
  const seconds = (text) => text.split(":").reduce((sum, part) => sum * 60 + Number(part.replace(",", ".")), 0);

  const seek = (at) => {
    media.currentTime = Math.max(0, Math.min(at, length() || at));
    showNow();
  };

  const showNow = () => {
    const at = media.currentTime;
    for (const each of player.querySelectorAll("[data-clock]")) each.textContent = clock(at);
    const line = wave?.querySelector("[data-now]");
    if (line && length()) for (const name of ["x1", "x2"]) line.setAttribute(name, String((at / length()) * 1000));
    const now = lines.findLast((each) => Number(each.dataset.start) <= at && at < Number(each.dataset.end));
    for (const each of lines) {
      const is = each === now;
      if (is && !each.classList.contains("is-now") && !media.paused) keepInView(each);
      each.classList.toggle("is-now", is);
    }
  };

  const keepInView = (line) => {
    const list = line.parentElement;
    const [top, bottom] = [line.offsetTop - list.offsetTop, line.offsetTop - list.offsetTop + line.offsetHeight];
    if (top < list.scrollTop || bottom > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 3;
  };

  const showSpan = () => {
    const box = wave?.querySelector("[data-span]");
    if (!form || !box || !length()) return;
    const [start, end] = [seconds(form.elements.start.value || "NaN"), seconds(form.elements.end.value || "NaN")];
    const whole = Number.isFinite(start) && Number.isFinite(end) && end > start;
    box.setAttribute("x", String(whole ? (start / length()) * 1000 : 0));
    box.setAttribute("width", String(whole ? ((end - start) / length()) * 1000 : 0));
  };

  const mark = (start, end) => {
    if (!form) return;
    if (start !== null) form.elements.start.value = clock(start, true);
    if (end !== null) form.elements.end.value = clock(end, true);
    showSpan();
  };

  if (wave) {
    let pressed = null;
    const at = (event) => {
      const box = wave.getBoundingClientRect();
      return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * length();
    };
    wave.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pressed = at(event);
      wave.setPointerCapture(event.pointerId);
    });
    wave.addEventListener("pointermove", (event) => {
      if (pressed === null) return;
      const now = at(event);
      if (Math.abs(now - pressed) > length() / 200) mark(Math.min(pressed, now), Math.max(pressed, now));
    });
    wave.addEventListener("pointerup", () => {
      if (pressed !== null) seek(pressed);
      pressed = null;
    });
  }

  player.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.at) {
      seek(Number(button.dataset.at));
      if (!player.closest(".care:not(.is-unveiled)")) media.play().catch(() => {});
    } else if (button.dataset.step) seek(media.currentTime + Number(button.dataset.step));
    else if ("toggle" in button.dataset) media.paused ? media.play().catch(() => {}) : media.pause();
    else if ("from" in button.dataset) mark(media.currentTime, null);
    else if ("to" in button.dataset) mark(null, media.currentTime);
    else if (button.dataset.stamp) stamp(document.getElementById(button.dataset.stamp));
  });

  const stamp = (text) => {
    const from = media.currentTime;
    const before = text.value.slice(0, text.selectionStart);
    const line = `${before && !before.endsWith("\n") ? "\n" : ""}[${clock(from, true)} - ${clock(from + 3, true)}] `;
    text.setRangeText(line, text.selectionStart, text.selectionEnd, "end");
    text.focus();
  };

  player.querySelector("[data-speed]")?.addEventListener("change", (event) => {
    media.playbackRate = Number(event.target.value);
  });
  form?.addEventListener("input", showSpan);

  const showPlace = () => {
    const named = new URLSearchParams(location.hash.slice(1));
    const [start, end] = (named.get("t") ?? "").split(",").map(Number);
    const minute = Number(named.get("page"));
    if (named.has("t") && Number.isFinite(start)) {
      seek(start);
      if (Number.isFinite(end)) mark(start, end);
    } else if (minute > 1) seek((minute - 1) * 60);
  };

  media.addEventListener("timeupdate", showNow);
  media.addEventListener("seeked", showNow);
  media.addEventListener("error", () => player.querySelector("[data-unplayable]")?.removeAttribute("hidden"));
  window.addEventListener("hashchange", showPlace);
  if (media.readyState >= 1) showPlace();
  else media.addEventListener("loadedmetadata", showPlace, { once: true });
})();
