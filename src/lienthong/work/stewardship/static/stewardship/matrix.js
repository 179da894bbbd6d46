// The matrix by hand: a click or the arrows choose a cell, its words are said, Enter or a second click opens its list.
"use strict";
document.querySelectorAll("[data-matrix]").forEach((grid) => {
  const told = JSON.parse(document.getElementById("matrix-told").textContent);
  const now = document.querySelector("[data-matrix-now]");
  const cursor = grid.querySelector("[data-matrix-cursor]");
  const svg = grid.querySelector("svg");
  let column = -1, line = -1;

  const address = () => {
    const [code] = told.units[column];
    return `${told.list}?unit=${encodeURIComponent(code)}&field=${encodeURIComponent(told.fields[line])}`;
  };
  const say = () => {
    const letter = told.cells[line][column];
    const words = `${told.units[column][1]}, ${told.fields[line]}: ${told.words[letter] || told.nothing}`;
    if (letter === ".") { now.textContent = words; return; }
    const link = document.createElement("a");
    link.href = address();
    link.textContent = words;
    now.replaceChildren(link);
  };
  const choose = (toColumn, toLine) => {
    column = Math.min(Math.max(toColumn, 0), told.units.length - 1);
    line = Math.min(Math.max(toLine, 0), told.fields.length - 1);
    cursor.setAttribute("x", column * told.cell);
    cursor.setAttribute("y", line * told.cell);
    cursor.setAttribute("visibility", "visible");
    const left = column * told.cell;
    if (left < grid.scrollLeft) grid.scrollLeft = left - told.cell;
    if (left + told.cell > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = left + 2 * told.cell - grid.clientWidth;
    say();
  };
  const open = () => { if (column >= 0 && told.cells[line][column] !== ".") window.location.assign(address()); };

  grid.addEventListener("keydown", (event) => {
    const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
    if (event.key === "Enter") { event.preventDefault(); open(); return; }
    if (!way) return;
    event.preventDefault();
    event.stopPropagation();
    if (column < 0) choose(0, 0); else choose(column + way[0], line + way[1]);
  });
  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal.width / box.width;
    const x = Math.floor((event.clientX - box.left) * scale / told.cell);
    const y = Math.floor(((event.clientY - box.top) * scale + svg.viewBox.baseVal.y) / told.cell);
    if (y < 0 || y >= told.fields.length || x < 0 || x >= told.units.length) return;
    if (x === column && y === line) open(); else choose(x, y);
  });
});
