// Adding files: one request a file, two side by side, with progress; folders may be dropped.
"use strict";
(() => {
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const find = (name) => form.querySelector(`[data-${name}]`);
  const words = form.dataset;
  const SIDE_BY_SIDE = 2;
  const SHOWN = 50;
  const TRIES = 60;
  const PAUSE = 5000;
  const AWAY = Symbol("a server behind this page does not answer");
  let chosen = [];
  let running = [];
  let stopped = false;
  let isSending = false;
  let walking = null;

  find("folder").hidden = false;

  function choose(files) {
    chosen = files;
    find("chosen").replaceChildren(...files.slice(0, SHOWN).map(({ path }) => line(path)));
    if (files.length > SHOWN) find("chosen").append(line(`… ${files.length}`));
  }

  function line(text) {
    const item = document.createElement("li");
    item.textContent = text;
    item.dir = "auto";
    return item;
  }

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    choose([...event.target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
  });

  // A dropped folder is walked; drop.js, which listens further out, would lose what is in it.
  form.addEventListener("drop", async (event) => {
    if (!event.target.closest(".drop") || !event.dataTransfer.items) return;
    event.preventDefault();
    event.stopPropagation();
    event.target.closest(".drop").classList.remove("is-over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
    chosen = [];
    walking = Promise.all(entries.map(walk)).catch(() => []);
    choose((await walking).flat());
    walking = null;
  });

  async function walk(entry) {
    if (entry.isFile) {
      const file = await new Promise((give, refuse) => entry.file(give, refuse));
      return [{ file, path: entry.fullPath.replace(/^\//, "") }];
    }
    const reader = entry.createReader();
    const inside = [];
    for (;;) {
      const some = await new Promise((give, refuse) => reader.readEntries(give, refuse));
      if (!some.length) break;
      inside.push(...some);
    }
    return (await Promise.all(inside.map(walk))).flat();
  }

  form.addEventListener("submit", async (event) => {
    if (!chosen.length && !walking) return;
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    let isLeaving = false;
    try {
      await walking;
      isLeaving = chosen.length > 0 && (await seal());
    } finally {
      isSending = isLeaving;
    }
  });
  window.addEventListener("pageshow", () => { isSending = false; });

  // Begin, send and finish; gives whether the page is left.
  async function seal() {
    const said = new FormData(form);
    said.delete("files");
    const begun = await fetch(words.upload, { method: "POST", body: said, headers: { Accept: "application/json" } });
    if (begun.status === 422) showErrors((await begun.json()).errors);
    else if (!begun.ok) tell("", words.failed, true);
    else return sendAll(await begun.json(), said.get("csrfmiddlewaretoken"));
    return false;
  }

  function showErrors(errors) {
    form.querySelector("details").open = true;
    for (const list of form.querySelectorAll(".errorlist")) list.remove();
    for (const [name, found] of Object.entries(errors)) {
      const list = document.createElement("ul");
      list.className = "errorlist";
      list.append(...found.map(line));
      form.elements[name]?.after(list);
    }
  }

  async function sendAll(addresses, token) {
    const waiting = [...chosen];
    const total = waiting.reduce((sum, { file }) => sum + file.size, 0) || 1;
    const bar = form.querySelector("progress");
    let sent = 0;
    let done = 0;
    let failed = 0;
    stopped = false;
    find("progress").hidden = false;
    find("stop").hidden = false;
    find("needs-files").disabled = true;
    find("of").textContent = waiting.length;
    window.addEventListener("beforeunload", warn);

    const carry = async () => {
      for (let next = waiting.shift(); next && !stopped; next = waiting.shift()) {
        const before = { loaded: 0 };
        find("now").textContent = `${words.sealing} ${next.path}`;
        const answer = await sendPatiently(addresses.receive, next, token, (loaded) => {
          sent += loaded - before.loaded;
          before.loaded = loaded;
          bar.value = sent / total;
        });
        done += 1;
        find("at").textContent = done;
        if (answer) tell(next.path, answer.status === "duplicate" ? words.again : words.done);
        else { failed += 1; tell(next.path, words.failed, true); }
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, carry));
    window.removeEventListener("beforeunload", warn);
    find("stop").hidden = true;
    find("needs-files").disabled = false;
    const headers = { "X-CSRFToken": token, Accept: "application/json" };
    const finished = await fetch(addresses.finish, { method: "POST", headers });
    if (!finished.ok || failed || stopped) return false;
    window.location.assign((await finished.json()).list);
    return true;
  }

  // The database or the store may be away for a while: a file that came twice is kept once.
  async function sendPatiently(...what) {
    for (let tries = 1; ; tries += 1) {
      const answer = await send(...what);
      if (answer !== AWAY) return answer;
      if (stopped || tries === TRIES) return null;
      find("now").textContent = words.away;
      await new Promise((go) => setTimeout(go, PAUSE));
    }
  }

  function send(address, { file, path }, token, progress) {
    return new Promise((give) => {
      const request = new XMLHttpRequest();
      const body = new FormData();
      body.append("path", path);
      body.append("modified", String(file.lastModified || ""));
      body.append("files", file, file.name);
      request.open("POST", address);
      request.setRequestHeader("X-CSRFToken", token);
      request.setRequestHeader("Accept", "application/json");
      request.responseType = "json";
      request.upload.addEventListener("progress", (event) => progress(Math.min(event.loaded, file.size)));
      request.addEventListener("loadend", () => {
        running = running.filter((each) => each !== request);
        progress(file.size);
        if (request.status === 503) give(AWAY);
        else give(request.status === 200 ? request.response?.files?.[0] : null);
      });
      running.push(request);
      request.send(body);
    });
  }

  function tell(path, what, bad = false) {
    const item = document.createElement("li");
    const name = document.createElement("bdi");
    name.className = "grow";
    name.textContent = path;
    const badge = document.createElement("span");
    badge.className = bad ? "badge badge--danger" : "badge badge--good";
    badge.textContent = what;
    item.append(name, badge);
    find("told").prepend(item);
    const lines = find("told").children;
    for (let at = lines.length - 1; at >= SHOWN; at -= 1) {
      if (!lines[at].querySelector(".badge--danger")) lines[at].remove();
    }
  }

  find("stop").addEventListener("click", () => {
    stopped = true;
    for (const request of running) request.abort();
  });

  function warn(event) {
    event.preventDefault();
    event.returnValue = words.leave;
  }
})();
