// Slips are printed by the browser itself: the code stands on no disk.
"use strict";
(() => {
  const button = document.querySelector("[data-print]");
  if (button) button.addEventListener("click", () => window.print());
})();
