// What makes the pages more comfortable. Everything works without it.
"use strict";

// Characters as the server counts them: line ends are one, so are characters beyond the BMP.
function lengthOf(text) {
  return Array.from(text.replace(/\r\n?/g, "\n")).length;
}

function countCharacters(output) {
  const field = document.getElementById(output.dataset.countFor);
  const limit = Number(field.dataset.counter);
  const spoken = document.createElement("span");
  const shown = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  shown.setAttribute("aria-hidden", "true");
  output.append(shown, spoken);
  output.hidden = false;
  let pause = 0;
  const update = (speak) => {
    const used = lengthOf(field.value);
    const words = output.dataset.words.replace("{n}", used).replace("{left}", limit - used);
    shown.textContent = words;
    output.classList.toggle("count-over", used > limit);
    window.clearTimeout(pause);
    // A screen reader hears it once the typing pauses, not at every key.
    if (speak) pause = window.setTimeout(() => { spoken.textContent = words; }, 1000);
  };
  field.addEventListener("input", () => update(true));
  update(false);
}

function copyFrom(button) {
  const source = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText("value" in source ? source.value : source.textContent);
    button.classList.add("done");
  });
}

// A second click sends nothing; coming back to the page makes the button work again.
function sendOnce(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}

// While something is under way its part of the page is fetched anew; a focus inside is left alone.
function poll(part) {
  window.setTimeout(async () => {
    let fresh = null;
    try {
      const answer = await fetch(part.dataset.poll, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      fresh = answer.ok ? page.getElementById(part.id) : null;
    } catch {
      // The server may be restarting: ask again.
    }
    if (fresh && !part.contains(document.activeElement)) {
      part.replaceWith(fresh);
      part = fresh;
    }
    if (part.dataset.poll) poll(part);
  }, 2000);
}

document.querySelectorAll("[data-poll]").forEach(poll);
document.querySelectorAll("[data-count-for]").forEach(countCharacters);
document.querySelectorAll("[data-copy]").forEach(copyFrom);
document.querySelectorAll("form[data-once]").forEach(sendOnce);
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
// Where the browser does not do it by itself ("autofocus" on other elements than fields is recent).
window.addEventListener("load", () => window.setTimeout(() => {
  const summary = document.getElementById("error-summary");
  if (summary && document.activeElement === document.body) summary.focus();
}, 250));
