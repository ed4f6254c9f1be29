// The map that moves, once havens_map.js has brought it. What lies under the venues is our own; nothing is asked of anyone
// else. Fingers scroll the page over it: it is moved by buttons, keys, or a mouse.
(() => {
  const frame = document.querySelector("[data-map]");
  const words = frame.dataset;
  const { spread, roomFor, listed, elsewhere, moves } = window.havensMap;
  const RADIUS = 14;
  const SMALL = 7; // of a venue that stands on another page of the list
  const MOVED = 6; // a mark that moved further than this is tied to its point by a line
  const make = (name, className, text = "") =>
    Object.assign(document.createElement(name), { className, textContent: text });

  const marker = (L, { isOpen, number, link, says }) => {
    const size = number ? 2 * RADIUS : 2 * SMALL;
    const className = `app-map__venue${isOpen ? " app-map__venue--open" : ""}${number ? "" : " app-map__venue--small"}`;
    const label = make("div", "");
    label.append(link.cloneNode(true), make("div", "", says));
    return L.marker([0, 0], {
      // The list is the way by keyboard: marks are no targets to step through.
      icon: L.divIcon({ className, html: make("span", "", String(number)), iconSize: [size, size] }),
      keyboard: false, riseOnHover: true, zIndexOffset: number ? 1000 - number : 0,
      title: number ? `${number}. ${link.textContent}` : link.textContent,
    }).bindPopup(label, { closeButton: false });
  };

  const fetched = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  const draw = async () => {
    const L = window.L;
    const [ground, others] = await Promise.all([
      fetched("/safe-havens/ground.json"), document.querySelector("[data-pages]") ? fetched(`/safe-havens/map.json${location.search}`) : [],
    ]);
    const box = make("div", "app-map__live");
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", words.words);
    frame.replaceChildren(box);
    const map = L.map(box, {
      attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
      minZoom: 11, maxZoom: 18, zoomSnap: 0.25, // nothing but our own lines and words, which fit any scale
    });
    box.after(moves(map, words.moves.split("|")));
    const venues = () => {
      const here = listed();
      return [...here, ...elsewhere(others, here)].map((one) => ({ ...one, mark: marker(L, one) }));
    };
    let shown = venues();
    map.fitBounds(L.latLngBounds(shown.map(({ at }) => at)), { padding: [36, 36], maxZoom: 16 });
    const isPlace = ({ geometry }) => geometry.type === "Point";
    L.geoJSON(ground, {
      interactive: false, filter: (one) => !isPlace(one), style: () => ({ className: "app-map__ward" }),
    }).addTo(map);
    const [ties, marks, names] = [L.layerGroup(), L.layerGroup(), L.layerGroup()].map((layer) => layer.addTo(map));
    const places = ground.features.filter(isPlace)
      .map(({ geometry: { coordinates: [lon, lat] }, properties }) => ({ at: [lat, lon], text: properties.name }));

    const place = () => {
      ties.clearLayers();
      const radii = shown.map(({ number }) => (number ? RADIUS : SMALL));
      const homes = shown.map(({ at }) => Object.values(map.project(at)));
      spread(homes, radii).forEach((at, n) => {
        shown[n].mark.setLatLng(map.unproject(at)).addTo(marks);
        shown[n].point = at;
        if (Math.hypot(at[0] - homes[n][0], at[1] - homes[n][1]) <= MOVED) return;
        L.polyline([shown[n].at, map.unproject(at)], { className: "app-map__tie", interactive: false }).addTo(ties);
        L.circleMarker(shown[n].at, { radius: 2, className: "app-map__home", interactive: false }).addTo(ties);
      });
      label();
    };

    const label = () => {
      names.clearLayers();
      const { min, max } = map.getPixelBounds();
      const taken = shown.map(({ point: [x, y], number }) => {
        const r = (number ? RADIUS : SMALL) + 1;
        return [x - r, y - r, x + r, y + r];
      });
      const points = places.map(({ at, text }) => ({ text, ...map.project(at) }));
      for (const { n, isLeft } of roomFor(points, taken, [min.x + 4, min.y, max.x - 4, max.y])) {
        const className = `app-map__place${isLeft ? " app-map__place--left" : ""}`;
        const icon = L.divIcon({ className, html: make("span", "", places[n].text), iconSize: [0, 0] });
        L.marker(places[n].at, { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }).addTo(names);
      }
    };

    map.on("zoomend resize", place);
    map.on("moveend", label);
    place();
    document.addEventListener("havens", () => {
      marks.clearLayers();
      shown = venues();
      place();
    });
  };

  draw();
})();
