// A map that moves, in place of the drawn one, once it comes into sight. What lies under the venues is our own; nothing is
// asked of anyone else. Fingers scroll the page over it: it is moved by buttons, keys, or a mouse.
(() => {
  const frame = document.querySelector("[data-map]");
  if (!frame || !("IntersectionObserver" in window) || navigator.connection?.saveData) return;
  const words = frame.dataset;
  const NAMES_FROM = 15; // further away the names of places would lie on each other
  const make = (name, className, text = "") =>
    Object.assign(document.createElement(name), { className, textContent: text });

  const venues = (L) =>
    [...document.querySelectorAll("[data-havens] > li")].map((item, n, all) => {
      const link = item.querySelector("a");
      const number = item.value || (item.parentElement.start ?? 1) + n;
      const className = `app-map__venue${"open" in item.dataset ? " app-map__venue--open" : ""}`;
      const mark = make("span", "", String(number));
      const icon = L.divIcon({ className, html: mark, iconSize: [28, 28] });
      const label = make("div", "");
      label.append(link.cloneNode(true), make("div", "", item.querySelector("p").textContent));
      return L.marker(item.dataset.at.split(","), {
        // The list is the way by keyboard: marks that lie on each other are no targets to step through.
        icon, keyboard: false, title: `${number}. ${link.textContent}`, riseOnHover: true, zIndexOffset: all.length - n,
      }).bindPopup(label, { closeButton: false });
    });

  const moves = (L, map) => {
    const [closer, away, left, right, up, down] = words.moves.split("|");
    const box = make("div", "app-map__moves leaflet-control");
    const step = (x, y) => () => map.panBy([x * 120, y * 120]);
    for (const [sign, name, act] of [
      ["+", closer, () => map.zoomIn()], ["↑", up, step(0, -1)], ["−", away, () => map.zoomOut()],
      ["←", left, step(-1, 0)], ["↓", down, step(0, 1)], ["→", right, step(1, 0)],
    ]) {
      const button = Object.assign(make("button", "", sign), { type: "button", title: name });
      button.setAttribute("aria-label", name);
      button.addEventListener("click", act);
      box.append(button);
    }
    L.DomEvent.disableClickPropagation(box);
    return Object.assign(L.control({ position: "bottomright" }), { onAdd: () => box });
  };

  const draw = async () => {
    const L = window.L;
    const ground = await (await fetch(words.ground)).json();
    const box = make("div", "app-map__live");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words.words);
    frame.replaceChildren(box);
    const map = L.map(box, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
      minZoom: 11, maxZoom: 18,
    });
    let marks = L.featureGroup(venues(L));
    map.fitBounds(marks.getBounds(), { padding: [40, 40], maxZoom: 16 });
    const layer = (filter) => L.geoJSON(ground, {
      interactive: false,
      filter: ({ properties }) => filter(properties.main),
      style: ({ geometry }) => (geometry.type === "Polygon" ? { className: "app-map__ward" } : {}),
      pointToLayer: ({ properties }, at) =>
        L.circleMarker(at, { radius: 3, className: "app-map__landmark", interactive: false })
          .bindTooltip(properties.name, { permanent: true, direction: "right", className: "app-map__name" }),
    });
    layer((main) => main !== false).addTo(map); // wards, and what is named from afar too
    const others = layer((main) => main === false);
    const name = () => (map.getZoom() < NAMES_FROM ? others.remove() : others.addTo(map));
    map.on("zoomend", name);
    name();
    marks.addTo(map);
    moves(L, map).addTo(map);
    document.addEventListener("havens", () => {
      marks.remove();
      marks = L.featureGroup(venues(L)).addTo(map);
    });
  };

  const load = () => {
    document.head.append(Object.assign(make("link"), { rel: "stylesheet", href: words.sheet }));
    document.head.append(Object.assign(make("script"), { src: words.leaflet, onload: draw }));
  };

  new IntersectionObserver((seen, watch) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    load();
  }).observe(frame);
})();
