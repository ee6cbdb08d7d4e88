// Single keys of the staff pages. They press what is on the page; everything works without them.
"use strict";

(() => {
  const help = document.querySelector("[data-keys]");
  const on = help !== null && help.dataset.keys === "on";

  function typing(element) {
    if (element.isContentEditable || element.matches("textarea, select")) return true;
    return element.matches("input:not([type=radio]):not([type=checkbox]):not([type=submit])");
  }

  // A list is walked through with j and k; what is marked is opened with o and chosen with x.
  const rows = Array.from(document.querySelectorAll("[data-row]"));
  let at = -1;
  function walk(step) {
    at = Math.min(Math.max(at + step, 0), rows.length - 1);
    rows[at].querySelector("a").focus();
    rows[at].scrollIntoView({ block: "nearest" });
  }
  rows.forEach((row, place) => row.addEventListener("focusin", () => { at = place; }));

  function inList(key) {
    if (!rows.length) return false;
    if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
    else if (key === "o" && at >= 0) rows[at].querySelector("a").click();
    else if (key === "x" && at >= 0) rows[at].querySelector("input")?.click();
    else return false;
    return true;
  }

  // A verdict is chosen, and the cursor goes where the next step is.
  function press(element) {
    if (element.matches("input[type=radio]")) {
      element.checked = true;
      element.dispatchEvent(new Event("change", { bubbles: true }));
      const then = element.value === "forwarded" ? "d-office" : element.dataset.then;
      (document.getElementById(then) ?? document.getElementById("d-reason"))?.focus();
    } else if (element.matches("input")) {
      element.focus();
    } else {
      element.click();
    }
  }

  // One key goes round the choices of a question.
  function cycle(key) {
    const ring = document.querySelector(`[data-cycle="${CSS.escape(key)}"]`);
    if (!ring) return false;
    const radios = Array.from(ring.querySelectorAll("input[type=radio]"));
    const next = radios[(radios.findIndex((radio) => radio.checked) + 1) % radios.length];
    next.click();
    next.focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const inside = document.activeElement ?? document.body;
    if (event.key === "Escape" && typing(inside)) inside.blur();
    // Ctrl+Enter sends from a text area, where Enter is a new line.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && inside.form) {
      event.preventDefault();
      inside.form.querySelector("#settle, #send")?.click();
      return;
    }
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(inside)) return;
    if (inList(event.key) || cycle(event.key)) {
      event.preventDefault();
      return;
    }
    const target = Array.from(document.querySelectorAll("[data-key]"))
      .find((element) => element.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    press(target);
    if (event.key === "?") help.scrollIntoView({ block: "nearest" });
  });

  // A reusable reason fills the field unless something of one's own stands there.
  document.querySelectorAll("select[data-phrase]").forEach((select) => {
    const field = document.getElementById(select.dataset.phrase);
    const texts = Array.from(select.options, (option) => option.dataset.text ?? "");
    select.addEventListener("change", () => {
      if (field.value.trim() && !texts.includes(field.value)) return;
      field.value = select.selectedOptions[0].dataset.text ?? "";
    });
  });

  // A menu closes when one turns to something else.
  document.addEventListener("click", (event) => {
    document.querySelectorAll(".nav-more[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.querySelectorAll("[data-whole]").forEach((label) => {
    label.hidden = false;
    label.querySelector("input").addEventListener("change", (event) => {
      document.querySelectorAll(".queue input[name=number]").forEach((box) => {
        box.checked = event.target.checked;
      });
    });
  });
})();
