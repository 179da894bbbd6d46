// The city's map: shapes from the server, tones by class (so that the page's own colours hold), arrows from unit to unit.
"use strict";
(() => {
  const kept = new Map();
  // A page that nobody reloads gets a new map with every round: one whose canvas has gone is taken down, listeners too.
  let drawn = [];
  const sweep = () => {
    drawn = drawn.filter(({ canvas, map, watch }) => {
      if (canvas.isConnected) return true;
      watch.disconnect();
      map.remove();
      return false;
    });
  };
  const shapesAt = (address) => {
    if (!kept.has(address)) {
      kept.set(address, fetch(address, { credentials: "same-origin" }).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      }));
    }
    return kept.get(address);
  };

  const told = (unit, measure) => (unit ? `${unit.name}: ${measure} ${unit.text}` : "");

  const tip = (unit, measure) => {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = unit.name;
    box.append(name, `${measure}: ${unit.text}`);
    return box;
  };

  // The unit that lies in the direction of an arrow: near, and not far off its line.
  const beside = (layers, from, key) => {
    const way = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[key];
    let best = null, least = Infinity;
    for (const one of layers) {
      if (one === from) continue;
      const x = one.at.x - from.at.x, y = one.at.y - from.at.y;
      const along = x * way[0] + y * way[1], across = Math.abs(x * way[1]) + Math.abs(y * way[0]);
      if (along <= 0 || across > along * 2) continue;
      const cost = along + across * 2;
      if (cost < least) { least = cost; best = one; }
    }
    return best;
  };

  const draw = (canvas, shapes) => {
    const units = JSON.parse(canvas.closest("section").querySelector("#map-units").textContent);
    const measure = canvas.dataset.measure;
    const map = L.map(canvas, {
      zoomControl: false, attributionControl: false, scrollWheelZoom: false, keyboard: false, zoomSnap: 0.1,
      zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, renderer: L.svg({ padding: 0.4 }),
    });
    L.control.zoom({ zoomInTitle: canvas.dataset.zoomIn, zoomOutTitle: canvas.dataset.zoomOut, position: "topright" }).addTo(map);
    const [west, south, east, north] = shapes.frame;
    const frame = [[south, west], [north, east]];
    const fit = () => map.fitBounds(frame, { padding: [10, 10], animate: false });
    fit();
    const all = [];
    let ring = null;
    L.geoJSON(shapes, {
      style: (feature) => ({ className: `map__unit map__unit--${(units[feature.id] || { tone: "none" }).tone}`, stroke: true }),
      onEachFeature: (feature, layer) => {
        const unit = units[feature.id];
        if (unit) layer.bindTooltip(() => tip(unit, measure), { className: "map__tip", sticky: true, direction: "top", opacity: 1 });
        all.push({ id: feature.id, layer, unit, feature });
      },
    }).addTo(map);
    const place = () => all.forEach((one) => { one.at = map.latLngToContainerPoint(one.layer.getBounds().getCenter()); });
    place();
    map.on("zoomend moveend", place);
    const wander = (one, focus) => {
      all.forEach((other) => other.layer.getElement().setAttribute("tabindex", other === one ? "0" : "-1"));
      if (focus) one.layer.getElement().focus();
    };
    all.forEach((one) => {
      const path = one.layer.getElement();
      path.setAttribute("role", one.unit && one.unit.href ? "link" : "img");
      path.setAttribute("aria-label", told(one.unit, measure) || one.feature.properties.name);
      const open = () => { if (one.unit && one.unit.href) window.location.assign(one.unit.href); };
      path.addEventListener("click", open);
      path.addEventListener("focus", () => {
        if (ring) ring.remove();
        ring = L.geoJSON(one.feature, { interactive: false, style: { className: "map__ring", fill: false } }).addTo(map);
        one.layer.openTooltip(one.layer.getBounds().getCenter());
      });
      path.addEventListener("blur", () => { if (ring) { ring.remove(); ring = null; } one.layer.closeTooltip(); });
      path.addEventListener("keydown", (event) => {
        if (event.key === "Enter") { event.preventDefault(); open(); return; }
        if (!event.key.startsWith("Arrow")) return;
        event.preventDefault();
        event.stopPropagation();
        const next = beside(all, one, event.key);
        if (next) {
          if (!map.getBounds().intersects(next.layer.getBounds())) map.panTo(next.layer.getBounds().getCenter(), { animate: false });
          wander(next, true);
        }
      });
    });
    if (all.length) wander(all.find((one) => one.unit && one.unit.tone === "r4") || all[0], false);
    tellFar(canvas, map, all, shapes.far || [], fit);
    const watch = new ResizeObserver(() => { map.invalidateSize({ animate: false }); fit(); });
    watch.observe(canvas);
    drawn.push({ canvas, map, watch });
  };

  // Islands far out would make all others small: they stand in a line below, and come by a button.
  const tellFar = (canvas, map, all, far, fit) => {
    const line = canvas.closest("section").querySelector(".map__far");
    if (!line || !far.length) return;
    line.textContent = canvas.dataset.far;
    all.filter((one) => far.includes(one.id)).forEach((one) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.setAttribute("aria-pressed", "false");
      button.textContent = told(one.unit, canvas.dataset.measure) || one.feature.properties.name;
      button.addEventListener("click", () => {
        const pressed = button.getAttribute("aria-pressed") === "true";
        button.setAttribute("aria-pressed", String(!pressed));
        if (pressed) fit(); else map.fitBounds(one.layer.getBounds(), { padding: [60, 60], animate: false });
      });
      line.append(button);
    });
    line.hidden = false;
  };

  const begin = (root) => {
    root.querySelectorAll("[data-map]:not(.leaflet-container)").forEach((canvas) => {
      if (canvas.dataset.begun) return;
      canvas.dataset.begun = "1";
      shapesAt(canvas.dataset.shapes).then((shapes) => draw(canvas, shapes)).catch(() => {
        kept.delete(canvas.dataset.shapes);
        canvas.textContent = canvas.dataset.failed;
      });
    });
  };
  document.addEventListener("htmx:afterSettle", () => { sweep(); begin(document); });
  document.addEventListener("DOMContentLoaded", () => begin(document));
  if (document.readyState !== "loading") begin(document);
})();
