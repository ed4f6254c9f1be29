// The nearest Safe Haven, found on the phone when somebody taps for it. Where they are is asked of the phone, used to put
// the list in order, and forgotten: nothing that is fetched from us carries it.
(() => {
  const button = document.querySelector("[data-nearest]");
  const list = document.querySelector("[data-havens]");
  if (!button || !list || !navigator.geolocation) return;
  const said = document.querySelector("[data-said]");
  const words = button.dataset;
  const NEAR_M = 800;
  const EARTH_RADIUS_M = 6_371_008.8;
  button.hidden = false;

  const metres = (lat, lon, otherLat, otherLon) => {
    const [a, b] = [lat, otherLat].map((degrees) => (degrees * Math.PI) / 180);
    const half = (((otherLon - lon) * Math.PI) / 180) / 2;
    const chord = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(half) ** 2;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(Math.min(1, chord)));
  };

  const inWords = (far) => {
    if (far >= 995) return `${(far / 1000).toFixed(1)} km`;
    const step = far < 100 ? 10 : 50;
    return `${Math.max(10, Math.round(far / step) * step)} m`;
  };

  // Every venue that fits what was chosen, not only those of this page of the list.
  const everything = async () => {
    const answer = await fetch(words.nearest);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll("[data-havens] > li")].map((item) => document.adoptNode(item));
  };

  const order = (items, { latitude, longitude }) => {
    const known = items.map((item, n) => {
      const [lat, lon] = item.dataset.at.split(",").map(Number);
      const far = metres(latitude, longitude, lat, lon);
      item.value = n + 1;
      item.querySelector("[data-far]")?.remove();
      const line = document.createElement("p");
      line.dataset.far = "";
      line.textContent = words.far.replace("{}", inWords(far));
      item.append(line);
      return { item, far, isOpen: "open" in item.dataset };
    });
    known.sort((one, other) => other.isOpen - one.isOpen || one.far - other.far);
    list.replaceChildren(...known.map(({ item }) => item));
    return known;
  };

  button.addEventListener("click", () => {
    said.textContent = words.looking;
    const give = async ({ coords }) => {
      let items;
      try {
        items = await everything();
      } catch {
        items = [...list.children]; // no signal: those of this page
      }
      const [first] = order(items, coords);
      document.querySelector("[data-pages]")?.remove();
      const picture = document.querySelector("[data-map] img");
      if (picture) picture.src = words.picture;
      const isNear = first.isOpen && first.far <= NEAR_M;
      document.querySelector("[data-none-open]").hidden = isNear;
      said.textContent = isNear ? words.found : words.none;
      document.dispatchEvent(new Event("havens"));
    };
    navigator.geolocation.getCurrentPosition(give, () => (said.textContent = words.unknown), { timeout: 20_000 });
  });
})();
