// Keeps what is being written on this device, for those who ask for it, and sends files one by one.
"use strict";

const DRAFT = "consult-draft:";
// Never kept: secrets of the form, the trap, consents, and files (a browser cannot give them back).
const NOT_KEPT = new Set(["csrf_token", "key", "entries", "attached", "website", "privacy", "files"]);

// A browser may forbid its store altogether (private windows, settings).
function store() {
  try {
    const kept = window.localStorage;
    kept.setItem(`${DRAFT}?`, "1");
    kept.removeItem(`${DRAFT}?`);
    return kept;
  } catch {
    return null;
  }
}

function written(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value && !NOT_KEPT.has(name)) fields[name] = value;
  }
  return fields;
}

function blank(form) {
  return [...form.querySelectorAll("textarea")].every((area) => area.value.trim() === "");
}

// An entry that the page has no fields for is added to the first one: nothing is lost.
function refill(form, fields) {
  const rest = [];
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field === null) {
      if (/^e\d+-(text|original|replacement|reason)$/.test(name)) rest.push(value);
    } else if (field instanceof RadioNodeList) {
      field.value = value;
    } else if (field.type === "checkbox") {
      field.checked = true;
    } else {
      field.value = value;
    }
  }
  const first = form.elements.namedItem("text");
  first.value = [first.value, ...rest].filter((words) => words).join("\n\n");
  form.querySelectorAll("details.amendment").forEach((details) => {
    details.open = [...details.querySelectorAll("textarea")].some((area) => area.value);
  });
  first.dispatchEvent(new Event("input", { bubbles: true }));
}

function keepDraft(form, kept) {
  const name = DRAFT + form.dataset.draft;
  const box = form.querySelector("#draft-keep");
  const found = form.querySelector("[data-draft-found]");
  form.querySelector("[data-draft-choice]").hidden = false;
  const save = () => {
    if (!box.checked) return;
    try { kept.setItem(name, JSON.stringify(written(form))); } catch { box.checked = false; }
  };
  const before = kept.getItem(name);
  if (before !== null) {
    box.checked = true;
    let fields = {};
    try { fields = JSON.parse(before); } catch { kept.removeItem(name); }
    if (blank(form) && Object.keys(fields).some((field) => /text$|original|replacement/.test(field))) {
      refill(form, fields);
      found.hidden = false;
    }
  }
  let pause = 0;
  form.addEventListener("input", () => {
    window.clearTimeout(pause);
    pause = window.setTimeout(save, 400);
  });
  box.addEventListener("change", () => (box.checked ? save() : kept.removeItem(name)));
  // Leaving at once after the last key keeps that key too.
  window.addEventListener("pagehide", save);
  found.querySelector("[data-draft-clear]").addEventListener("click", () => {
    kept.removeItem(name);
    form.querySelectorAll("textarea").forEach((area) => { area.value = ""; });
    found.hidden = true;
    form.elements.namedItem("text").focus();
  });
}

function postFile(form, file, progress) {
  const body = new FormData(form);
  body.delete("files");
  body.append("files", file);
  body.append("act", "attach");
  const request = new XMLHttpRequest();
  request.open("POST", form.dataset.filesTo);
  request.responseType = "document";
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) progress(Math.round((100 * event.loaded) / event.total));
  });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve(request.response));
    request.send(body);
  });
}

// Each file goes up by itself while the rest is being written; the page takes over what the server
// says of it. Where that fails, the file stays chosen and goes with the form as it always would.
async function sendFiles(form) {
  const input = form.querySelector("#files");
  const line = form.querySelector("#files-progress");
  const wrong = [];
  for (const file of [...input.files]) {
    const shown = (percent) => { line.textContent = `${file.name}: ${line.dataset.words.replace("{percent}", `${percent}%`)}`; };
    line.hidden = false;
    if (file.size > Number(input.dataset.most)) {
      const limit = Math.round(Number(input.dataset.most) / 1e6);
      line.textContent = input.dataset.tooLarge.replace("{name}", file.name).replace("{limit}", limit);
      input.value = "";
      return;
    }
    shown(0);
    const answer = await postFile(form, file, shown);
    const field = answer && answer.querySelector(".files-field");
    if (!field) return;
    const list = field.querySelector(".files-kept");
    wrong.push(...list.querySelectorAll(".field-error"));
    form.querySelector(".files-field .files-kept").replaceWith(list);
    list.prepend(...wrong.map((message, place) => {
      message.id = `files-error-${place}`;
      return message;
    }));
  }
  line.hidden = true;
  input.value = "";
}

document.querySelectorAll("form[data-draft]").forEach((form) => {
  const kept = store();
  if (kept) keepDraft(form, kept);
  const input = form.querySelector("#files");
  if (input) input.addEventListener("change", () => sendFiles(form));
});
document.querySelectorAll("[data-draft-sent]").forEach((sent) => {
  const kept = store();
  if (kept) kept.removeItem(DRAFT + sent.dataset.draftSent);
});
