// Passkeys: a button asks the server what to ask, the browser answers, the form carries the answer.
"use strict";
const usable = () => window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON;

async function options(button) {
  const token = button.form.elements.csrfmiddlewaretoken.value;
  const answer = await fetch(button.dataset.options, { method: "POST", headers: { "X-CSRFToken": token } });
  if (!answer.ok || answer.redirected) throw new Error("not asked");
  return answer.json();
}

async function answer(button) {
  const asked = await options(button);
  return button.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
}

function tell(button, words) {
  let note = button.nextElementSibling;
  if (!note?.matches("[role=alert]")) {
    note = document.createElement("p");
    note.setAttribute("role", "alert");
    note.className = "help";
    button.after(note);
  }
  note.textContent = words;
}

let isAsking = false;

for (const button of document.querySelectorAll("[data-passkey]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!usable()) return tell(button, button.dataset.tooOld);
    if (isAsking) return;
    isAsking = true;
    try {
      const credential = await answer(button);
      const field = button.form.querySelector("input[name$=passkey]");
      field.value = JSON.stringify(credential.toJSON());
      button.form.noValidate = true;
      button.form.submit();
    } catch {
      tell(button, button.dataset.failed);
    } finally {
      isAsking = false;
    }
  });
}
