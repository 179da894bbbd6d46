// What was typed survives a reload: form[data-draft="name"], kept in this tab only, gone when the answer carries data-draft-done="name".
"use strict";
(() => {
  const PREFIX = "draft:";
  const SKIP = new Set(["password", "file", "hidden", "submit", "button", "image", "reset"]);
  const fields = (form) => [...form.elements].filter((el) => el.name && !SKIP.has(el.type) && !el.matches("[data-no-draft]"));
  const isBox = (el) => el.type === "checkbox" || el.type === "radio";

  const save = (form) => {
    const kept = fields(form).map((el) => [el.name, isBox(el) ? el.value : null, isBox(el) ? el.checked : el.value]);
    const hidden = [...form.querySelectorAll("input[type=hidden][data-draft-too]")].map((el) => [el.name, null, el.value]);
    sessionStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify([...kept, ...hidden]));
  };

  const matching = (form, name, value) => [...form.elements].find((el) => el.name === name && (value === null || el.value === value));

  // A form the server has answered (data-bound) already carries what was typed.
  const restore = (form) => {
    const text = form.hasAttribute("data-bound") ? null : sessionStorage.getItem(PREFIX + form.dataset.draft);
    if (!text) return;
    for (const [name, value, state] of JSON.parse(text)) {
      const el = matching(form, name, value);
      if (!el) continue;
      if (isBox(el)) el.checked = state;
      else el.value = state;
    }
    form.dispatchEvent(new CustomEvent("draft:restored", { bubbles: true }));
  };

  // A mark counts once: what is typed after it must survive the next part of the page that is swapped (the bell's).
  const counted = new WeakSet();
  const clear = (root) => [...root.querySelectorAll("[data-draft-done]")].filter((el) => !counted.has(el)).forEach((el) => {
    sessionStorage.removeItem(PREFIX + el.dataset.draftDone);
    counted.add(el);
  });
  const clearAll = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => sessionStorage.removeItem(key));

  const arrive = (root) => {
    if (root.querySelector("[data-drafts-clear]")) clearAll();
    clear(root);
    root.querySelectorAll("form[data-draft]").forEach(restore);
  };
  const keep = (event) => {
    const form = event.target.form || (event.target.closest && event.target.closest("form"));
    if (form && form.matches("[data-draft]")) save(form);
  };
  document.addEventListener("input", keep);
  document.addEventListener("change", keep);
  document.addEventListener("htmx:afterSwap", (event) => { clear(document); event.target.querySelectorAll("form[data-draft]").forEach(restore); });
  arrive(document);
})();
