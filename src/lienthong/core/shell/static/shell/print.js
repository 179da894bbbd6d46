// A paper that was just issued opens ready to print, once; where the browser keeps it shut, the link is there.
"use strict";
(() => {
  const link = document.querySelector("[data-open-print]");
  if (!link) return;
  const here = new URL(location.href);
  here.searchParams.delete("print");
  history.replaceState(null, "", here);
  window.open(link.href, "_blank");
  link.focus();
})();
