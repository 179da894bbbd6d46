// Keyboard first: lists by j/k, x, Enter; declared shortcuts (data-key); one submit at a time; the error summary takes focus.
"use strict";
(() => {
  const typing = (el) => el instanceof Element && el.matches("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
  const shown = (el) => el.getClientRects().length > 0 && !el.closest("[hidden]");

  // The name of a pressed key as data-key writes it: "a", "F2", "ctrl+Enter".
  const pressed = (event) => {
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return (event.ctrlKey ? "ctrl+" : "") + (event.altKey ? "alt+" : "") + name;
  };
  const declared = (name) => [...document.querySelectorAll("[data-key]")].find((el) => el.dataset.key.toLowerCase() === name.toLowerCase() && shown(el));
  // While one types, only keys that write nothing are shortcuts.
  const worksWhileTyping = (name) => /^(F\d+|ctrl\+.+|alt\+.+)$/.test(name);

  const act = (el) => {
    if (typing(el)) { el.focus(); if (el.select) el.select(); }
    else el.click();
  };

  const rows = () => [...document.querySelectorAll("[data-row]")].filter(shown);
  const rowTarget = (row) => row.querySelector("[data-open]") || row.querySelector("a, button, input");
  const here = () => document.activeElement && document.activeElement.closest("[data-row]");

  const move = (step) => {
    const all = rows();
    if (!all.length) return false;
    const at = all.indexOf(here());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
    const target = rowTarget(next);
    if (target) target.focus();
    next.scrollIntoView({ block: "nearest" });
    return true;
  };

  const toggle = () => {
    const row = here();
    const box = row && row.querySelector("input[type=checkbox]");
    if (!box) return false;
    box.click();
    return true;
  };

  const help = () => {
    const dialog = document.getElementById("key-help");
    if (!dialog || dialog.open) return false;
    dialog.showModal();
    return true;
  };

  const find = () => {
    const box = document.querySelector("[data-search]");
    if (!box) return false;
    act(box);
    return true;
  };

  const COMMON = { j: () => move(1), k: () => move(-1), x: toggle, "?": help, "/": find };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    const name = pressed(event);
    const inField = typing(event.target);
    if (inField && name === "Escape") { event.target.blur(); return; }
    if (inField && !worksWhileTyping(name)) return;
    const el = declared(name);
    const done = el ? (act(el), true) : COMMON[name] && COMMON[name]();
    if (done) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-help]")) help();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  });

  // Selection: a count, and the parts that need one (data-needs-selection).
  const countSelection = () => {
    const boxes = [...document.querySelectorAll("[data-row] input[type=checkbox]")];
    const count = boxes.filter((box) => box.checked).length;
    document.querySelectorAll("[data-selected-count]").forEach((el) => { el.textContent = String(count); });
    document.querySelectorAll("[data-needs-selection]").forEach((el) => { el.disabled = count === 0; });
    const all = document.querySelector("[data-select-all]");
    if (all) { all.checked = count > 0 && count === boxes.length; all.indeterminate = count > 0 && count < boxes.length; }
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) {
      document.querySelectorAll("[data-row] input[type=checkbox]").forEach((box) => { box.checked = event.target.checked; });
    }
    if (event.target.matches("input[type=checkbox]")) countSelection();
  });

  // One submit at a time. The idempotency key guards the server; this guards the eye.
  const held = new Set();
  const buttonsOf = (form) => [...form.elements].filter((el) => el.type === "submit" || el.type === "image");
  const hold = (form) => { held.add(form); buttonsOf(form).forEach((el) => { if (!el.disabled) { el.disabled = true; el.dataset.held = "1"; } }); };
  const release = (form) => { held.delete(form); buttonsOf(form).forEach((el) => { if (el.dataset.held) { el.disabled = false; delete el.dataset.held; } }); };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.target === "_blank") return;
    if (held.has(form)) { event.preventDefault(); event.stopPropagation(); return; }
    held.add(form);
    // After the other listeners: one of them may have stopped it. htmx stops it too, and sends it itself.
    setTimeout(() => (event.defaultPrevented && !form.matches("[hx-post]") ? release(form) : hold(form)));
  }, true);
  const releaseAll = () => [...held].forEach(release);
  window.addEventListener("pageshow", releaseAll);
  document.addEventListener("htmx:afterRequest", releaseAll);

  const arrive = (root) => {
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
    countSelection();
  };
  document.addEventListener("htmx:afterSwap", (event) => arrive(event.target));
  arrive(document);
})();
