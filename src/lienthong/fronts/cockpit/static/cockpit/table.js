// The city's table, quicker than the server's own answer: a head sorts, a name narrows; the address and the sheet follow.
"use strict";
(() => {
  const table = document.querySelector("[data-city]");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = () => [...body.rows];
  const first = rows();
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().trim();

  const follow = (changes) => {
    const address = new URL(window.location.href);
    Object.entries(changes).forEach(([name, value]) => (value ? address.searchParams.set(name, value) : address.searchParams.delete(name)));
    window.history.replaceState(window.history.state, "", address);
    document.querySelectorAll("[data-sheet]").forEach((link) => { link.search = address.search; });
    document.querySelectorAll("input[name=order]").forEach((field) => { field.value = address.searchParams.get("order") || ""; });
  };

  const sorted = (place, sign) => rows().sort((one, other) => {
    const a = Number(one.cells[place].dataset.v), b = Number(other.cells[place].dataset.v);
    if (a < 0 || b < 0) return (a < 0) - (b < 0);
    return sign * (a - b);
  });

  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("[data-sort]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const head = link.closest("th"), key = link.dataset.sort;
    // By name is the server's own order (Vietnamese): only a table that came in it can be put back here.
    if (key === "name") return;
    event.preventDefault();
    const down = head.getAttribute("aria-sort") !== "descending";
    table.querySelectorAll("th[aria-sort]").forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...sorted(head.cellIndex, down ? -1 : 1));
    follow({ order: down ? key : `-${key}` });
  });

  const box = document.querySelector("[data-narrow]");
  if (!box) return;
  const whole = box.value === "";
  // The sum must be that of what is shown: the script only previews; Enter asks the server.
  box.addEventListener("input", () => {
    if (!whole) return;
    const wanted = plain(box.value);
    first.forEach((row) => { row.hidden = Boolean(wanted) && !plain(row.cells[0].textContent).includes(wanted); });
    table.tFoot.hidden = Boolean(wanted);
    follow({ q: box.value.trim() });
  });
})();
