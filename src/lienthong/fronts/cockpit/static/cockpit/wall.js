// The wall asks again by itself; when no answer comes it says that its numbers are old, and tries on.
"use strict";
(() => {
  const lost = (is) => document.querySelectorAll("[data-lost]").forEach((one) => { one.hidden = !is; });
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, () => lost(true)));
  document.addEventListener("htmx:afterSwap", () => lost(false));
})();
