// Conversations and tables: the message or row that the address names (#page=3&quote=…, #row=5) is shown.
"use strict";
const named = () => new URLSearchParams(location.hash.slice(1));

function placeOf(place) {
  const row = place.get("row");
  if (row) return document.querySelector(`[data-line="${CSS.escape(row)}"]`);
  const page = place.get("page");
  if (!page) return null;
  const there = [...document.querySelectorAll(`[data-on-page="${CSS.escape(page)}"]`)];
  const words = (place.get("quote") ?? "").split("\n").at(-1).trim();
  return there.find((each) => words && each.textContent.includes(words)) ?? there[0] ?? null;
}

function show() {
  const place = named();
  const there = placeOf(place);
  for (const old of document.querySelectorAll(".messages .is-current, .sheet .is-current")) old.classList.remove("is-current");
  if (there) {
    there.classList.add("is-current");
    there.scrollIntoView({ block: "center" });
    return;
  }
  const page = place.get("page");
  const shown = document.querySelector("[data-on-page]");
  const address = new URL(location.href);
  if (!page || !shown || address.searchParams.get("page") === page) return;
  address.search = new URLSearchParams({ page }).toString();
  location.replace(address);
}

window.addEventListener("hashchange", show);
show();
