// The counter by keyboard: a scan fills the person, letters find the procedure, Enter goes on and at last stores.
"use strict";
(() => {
  const form = document.querySelector("form[data-counter]");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const shown = (el) => el.getClientRects().length > 0;
  const tell = (el, name) => window.htmx && window.htmx.trigger(el, name);
  const go = (el) => { if (el) { el.focus(); if (el.select) el.select(); } };
  const store = () => { const act = document.querySelector("[data-primary]"); act.form.requestSubmit(act); };
  const keep = (el) => el.dispatchEvent(new Event("change", { bubbles: true }));

  // ---- the person ----
  const fill = (part) => {
    const values = JSON.parse(part.dataset.fill || "{}");
    const scanned = part.hasAttribute("data-scanned");
    for (const [name, value] of Object.entries(values)) {
      const el = form.elements[name];
      if (!el || !value || !(scanned || !el.value || name === "contact")) continue;
      el.value = value;
      if (el === document.activeElement && el.select) el.select(); // so that typing replaces it
    }
    showMail();
    if (!scanned) return;
    const scan = at("scan");
    if (!part.dataset.fill) { go(scan); return; } // not read: the sentence stands there, the next scan replaces it
    scan.value = "";
    go(form.elements.phone.value ? at("id_procedure_search") : form.elements.phone);
    keep(form.elements.phone);
  };
  const showMail = () => document.querySelectorAll("[data-only=email]").forEach((el) => { el.hidden = form.elements.contact.value !== "email" && !el.querySelector(".errorlist"); });

  // ---- lists that narrow as one types (ARIA combobox) ----
  const listOf = (box) => at(box.getAttribute("aria-controls"));
  const options = (box) => [...listOf(box).querySelectorAll("[role=option][data-value]")];
  // A list that answers what was typed before, not what stands there now, is never chosen from.
  const isCurrent = (box) => listOf(box).dataset.for === box.value.trim();
  const isOpen = (box) => box.getAttribute("aria-expanded") === "true";
  const mark = (box, option) => {
    options(box).forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) { box.setAttribute("aria-activedescendant", option.id); option.scrollIntoView({ block: "nearest" }); } else box.removeAttribute("aria-activedescendant");
  };
  const open = (box, yes) => {
    listOf(box).hidden = !yes;
    box.setAttribute("aria-expanded", String(yes));
    mark(box, yes ? options(box)[0] : null);
  };
  const active = (box) => at(box.getAttribute("aria-activedescendant") || "");
  const choose = (box, option) => {
    const target = at(box.dataset.fills);
    box.value = option.dataset.label;
    target.value = option.dataset.value;
    open(box, false);
    keep(target);
    waits = box.dataset.fills === "id_procedure";
    tell(target, "chosen");
  };
  let waits = false; // for the papers of the procedure just chosen
  let enterWaits = null; // Enter came before the list of what is typed did
  const move = (box, step) => {
    const all = options(box);
    if (all.length) mark(box, all[(all.indexOf(active(box)) + step + all.length) % all.length]);
  };
  const inList = (event, box) => {
    const key = event.key;
    if (key === "ArrowDown" || key === "ArrowUp") { if (isOpen(box)) move(box, key === "ArrowDown" ? 1 : -1); else if (options(box).length) open(box, true); return true; }
    if (key === "Escape" && isOpen(box)) { open(box, false); return true; }
    if (key !== "Enter") return false;
    const option = isOpen(box) && isCurrent(box) && active(box);
    if (option) choose(box, option);
    else if (box.value.trim() && !at(box.dataset.fills).value) enterWaits = box;
    else next(box);
    return true;
  };

  // ---- papers ----
  const papers = () => [...form.querySelectorAll("[data-paper]")];
  const count = () => {
    const line = form.querySelector("[data-count]");
    if (!line) return;
    const asked = papers().filter((el) => el.hasAttribute("data-required"));
    const lacks = asked.filter((el) => !el.checked && !(el.closest("[data-row]").querySelector("[name=reuse]") || {}).checked);
    line.querySelector("[data-present]").textContent = line.dataset.count.replace("{0}", asked.length - lacks.length).replace("{1}", asked.length);
    const missing = line.querySelector("[data-missing]");
    missing.hidden = !lacks.length;
    missing.textContent = line.dataset.lacks.replace("{0}", lacks.length);
  };

  // ---- Enter goes on; in the last column it stores ----
  const stops = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((el) => shown(el) && !el.disabled);
  const next = (el) => { const all = stops(); go(all[all.indexOf(el) + 1]); };
  const entered = (event) => {
    const el = event.target;
    if (el.closest("[data-papers]") && !el.matches("textarea")) { event.preventDefault(); store(); return; }
    if (el.matches("textarea[name=lacks], button, summary, a")) return;
    event.preventDefault();
    if (el.id === "scan" && el.value.trim()) tell(el, "scanned");
    else next(el);
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); store(); return; }
    if (event.key === "F4") { event.preventDefault(); go(papers()[0] || at("id_note")); return; }
    if (!(event.target instanceof Element) || event.target.form !== form) return;
    if (event.target.matches("[role=combobox]") && inList(event, event.target)) { event.preventDefault(); return; }
    if (event.key === "Enter") entered(event);
  }, true);

  form.addEventListener("input", (event) => {
    const box = event.target;
    if (!box.matches("[role=combobox]")) return;
    at(box.dataset.fills).value = "";
    enterWaits = null;
    if (!box.value.trim()) { open(box, false); if (box.id === "id_place_search") tell(at("id_place"), "chosen"); }
  });
  form.addEventListener("change", (event) => {
    const el = event.target;
    if (["id_number", "id_paper_kind", "id_born", "id_sex", "id_phone"].includes(el.id)) tell(el, "asked");
    if (el.name === "contact") showMail();
    if (el.matches("[data-paper], [name=reuse]")) count();
  });
  form.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option][data-value]");
    if (!option) return;
    event.preventDefault();
    choose(form.querySelector(`[aria-controls=${option.parentElement.id}]`), option);
  });
  form.addEventListener("focusout", (event) => { if (event.target.matches("[role=combobox]")) open(event.target, false); });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-all-papers]")) return;
    papers().forEach((el) => { el.checked = true; });
    count();
    keep(papers()[0]);
    go(papers().at(-1));
  });

  // ---- what the server answered ----
  let kept = null; // ticks of a draft, until the papers are there
  const retick = () => {
    const list = kept;
    kept = null;
    for (const [name, value, state] of list) {
      const el = [...form.querySelectorAll("#papers [name], #chosen [name]")].find((one) => one.name === name && (value === null || one.value === value));
      if (!el) continue;
      if (el.type === "checkbox" || el.type === "radio") el.checked = state; else if (el.type !== "hidden") el.value = state;
    }
  };
  document.addEventListener("htmx:afterSettle", (event) => {
    const id = event.target.id;
    if (id === "person") fill(event.target);
    if (id.endsWith("-found")) {
      const box = form.querySelector(`[hx-target="#${id}"]`);
      if (box !== document.activeElement || at(box.dataset.fills).value) { open(box, false); return; }
      open(box, options(box).length > 0);
      if (enterWaits === box && isCurrent(box)) { enterWaits = null; if (active(box)) choose(box, active(box)); }
    }
    if (id === "papers" || id === "chosen") {
      if (kept && at("papers")) retick();
      count();
      if (waits && papers().length) { waits = false; go(papers()[0]); }
    }
  });
  // draft.js ran before this script: what it restored may name a procedure whose papers are not here yet.
  const restored = () => {
    const text = sessionStorage.getItem(`draft:${form.dataset.draft}`);
    if (!text || !form.elements.procedure.value || form.querySelector("[name=terms_for]")) return;
    kept = JSON.parse(text);
    tell(form.elements.procedure, "chosen");
  };

  // ---- arriving ----
  showMail();
  count();
  if (document.readyState === "complete") restored(); else window.addEventListener("load", restored);
  if (document.querySelector("[data-draft-done]")) history.replaceState(null, "", form.getAttribute("action"));
  const first = document.querySelector("#answer input:not([type=hidden])");
  if (first && !document.querySelector("[data-focus]")) go(first);
})();
