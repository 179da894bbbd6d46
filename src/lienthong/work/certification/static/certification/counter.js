// Certification at the counter: a scan fills the person, Enter goes on, on an empty row it stores.
"use strict";
(() => {
  const form = document.querySelector("form[data-certify]");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const shown = (el) => el.getClientRects().length > 0;
  const tell = (el, name) => window.htmx && window.htmx.trigger(el, name);
  const go = (el) => { if (el) { el.focus(); if (el.select) el.select(); } };
  const keep = (el) => el.dispatchEvent(new Event("change", { bubbles: true }));
  const rows = () => [...form.querySelectorAll("[data-item]")];
  const paper = (row) => row.querySelector("[name$=-document_name]");
  const store = () => { const act = document.querySelector("[data-primary]"); if (act) act.form.requestSubmit(act); };

  // ---- the person: what the scan or the number gave ----
  const fill = (part) => {
    const values = JSON.parse(part.dataset.fill || "{}");
    const scanned = part.hasAttribute("data-scanned");
    for (const [name, value] of Object.entries(values)) {
      const el = form.elements[name];
      if (!el || !value || !(scanned || !el.value || name === "contact")) continue;
      el.value = value;
      if (el === document.activeElement && el.select) el.select();
    }
    if (!scanned) return;
    if (!part.dataset.fill) { go(at("scan")); return; }
    at("scan").value = "";
    keep(form.elements.name);
    go(paper(rows()[0]));
  };

  // ---- the rows: one more is there as soon as the last is filled ----
  const reveal = () => {
    const all = rows();
    all.forEach((row, index) => { row.hidden = index > 0 && !paper(row).value.trim() && !paper(all[index - 1]).value.trim(); });
  };
  const acts = JSON.parse(form.dataset.acts || "{}");
  const suit = () => {
    form.dataset.act = acts[form.elements.task.value] || "";
    at("place").hidden = !["land", "house"].includes(form.elements.property_kind.value);
  };

  // ---- Enter goes on; on an empty further row it stores ----
  const stops = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((el) => shown(el) && !el.disabled);
  const next = (el) => { const all = stops(); go(all[all.indexOf(el) + 1]); };
  const entered = (event) => {
    const el = event.target;
    if (el.matches("button, summary, a, textarea")) return;
    event.preventDefault();
    if (el.id === "scan" && el.value.trim()) { tell(el, "scanned"); return; }
    const row = el.closest("[data-item]");
    if (!row) { next(el); return; }
    const all = rows();
    if (el === paper(row) && !el.value.trim() && row !== all[0]) { store(); return; }
    reveal();
    if (el.matches("[name$=-copies]")) go(paper(all[all.indexOf(row) + 1]) || at("id_note")); else next(el);
  };

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); store(); return; }
    if (event.key === "F4") { event.preventDefault(); go(rows().map(paper).find((el) => shown(el) && !el.value) || paper(rows()[0])); return; }
    if (event.key === "Enter" && event.target instanceof Element && event.target.form === form) entered(event);
  }, true);
  form.addEventListener("input", (event) => { if (event.target.closest("[data-item]")) reveal(); });
  form.addEventListener("change", (event) => {
    if (["id_number", "id_paper_kind"].includes(event.target.id)) tell(event.target, "asked");
    suit();
  });
  form.addEventListener("draft:restored", () => { reveal(); suit(); tell(at("fee-ask"), "quote"); });
  document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "person") fill(event.target); });

  reveal();
  suit();
  if (document.querySelector("[data-draft-done]")) history.replaceState(null, "", form.getAttribute("action"));
})();
