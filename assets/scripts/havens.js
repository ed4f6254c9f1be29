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

  // Every venue that fits what was chosen, not only those of this page of the list; shut ones too, since one of them may
  // be the next to open. With them comes the notice that says who is.
  const everything = async () => {
    const answer = await fetch(words.nearest);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-none-open]");
    if (fresh) document.querySelector("[data-none-open]").replaceWith(document.adoptNode(fresh));
    return [...page.querySelectorAll("[data-havens] > li")].map((item) => document.adoptNode(item));
  };

  // from: the number of the first of them in the list and on its map.
  const order = (items, { latitude, longitude }, from) => {
    const known = items.map((item, n) => {
      const [lat, lon] = item.dataset.at.split(",").map(Number);
      const far = metres(latitude, longitude, lat, lon);
      item.value = item.value || from + n;
      item.querySelector("[data-far]")?.remove();
      const line = document.createElement("p");
      line.dataset.far = "";
      line.textContent = words.far.replace("{}", inWords(far));
      item.append(line);
      return { item, far, isOpen: "open" in item.dataset, opens: item.dataset.opens };
    });
    known.sort((one, other) => other.isOpen - one.isOpen || one.far - other.far);
    const shown = known.filter(({ isOpen }) => isOpen || !("onlyOpen" in words));
    list.replaceChildren(...shown.map(({ item }) => item));
    return known;
  };

  // As the list says it near a place: of those within 800 m the one that opens first; only where there is none, of all.
  const nextToOpen = (known) => {
    const shut = known.filter(({ opens }) => opens);
    const near = shut.filter(({ far }) => far <= NEAR_M);
    const first = (one, other) => (one.opens < other.opens ? -1 : Number(one.opens > other.opens)) || one.far - other.far;
    return (near.length ? near : shut).sort(first)[0];
  };

  const tell = (what, found) => {
    const line = document.querySelector(`[data-${what}]`);
    if (!found) return line?.remove();
    const [far, when] = ["far", "when"].map((part) => found.item.querySelector(`[data-${part}]`).textContent);
    const [one, other] = what === "following" ? [when, far] : [far, when];
    const link = found.item.querySelector("a").cloneNode(true);
    line.append(link, `${words.comma} ${one}${words.comma} ${other}.`);
  };

  button.addEventListener("click", () => {
    said.textContent = words.looking;
    const give = async ({ coords }) => {
      const pages = document.querySelector("[data-pages]");
      let items = [...list.children];
      let isAll = true;
      try {
        items = await everything();
      } catch {
        isAll = false; // no signal: those of this page
      }
      const known = order(items, coords, isAll ? 1 : list.start);
      const [first] = known;
      const isNear = Boolean(first?.isOpen && first.far <= NEAR_M);
      const mayTell = isAll && !isNear;
      tell("farther", mayTell && first?.isOpen && first);
      tell("following", mayTell && nextToOpen(known));
      const notice = document.querySelector("[data-none-open]");
      notice.hidden = isNear;
      if (isAll) {
        pages?.remove();
        const picture = document.querySelector("[data-map] img");
        if (picture) picture.src = words.picture;
      }
      const { found = words.part, none = words.part } = notice.dataset; // they came with all
      said.textContent = `${isNear ? found : none} ${words.stayed}`;
      document.dispatchEvent(new Event("havens"));
    };
    navigator.geolocation.getCurrentPosition(give, () => (said.textContent = words.unknown), { timeout: 20_000 });
  });
})();
