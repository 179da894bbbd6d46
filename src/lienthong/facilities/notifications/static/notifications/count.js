// How long a text has become, beside its field: data-count holds the most, data-count-for names the field.
"use strict";
(() => {
  document.querySelectorAll("[data-count-for]").forEach((told) => {
    const field = document.getElementById(told.dataset.countFor);
    if (!field) return;
    const most = Number(field.dataset.count);
    const tell = () => {
      const length = field.value.length;
      told.textContent = `${length}/${most} ký tự` + (length > most ? `, thừa ${length - most}` : "");
      told.classList.toggle("warn", length > most);
    };
    field.addEventListener("input", tell);
    tell();
  });
})();
