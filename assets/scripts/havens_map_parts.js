// What the map that moves shows and is moved by: the venues of the list, those on its other pages, the buttons.
(() => {
  const make = (name, className, text = "") =>
    Object.assign(document.createElement(name), { className, textContent: text });

  // A venue of the list: the same number, the same words.
  const listed = () =>
    [...document.querySelectorAll("[data-havens] > li")].map((item, n) => {
      const link = item.querySelector("a");
      const number = item.value || (item.parentElement.start ?? 1) + n;
      const says = item.querySelector("p").textContent;
      return { at: item.dataset.at.split(",").map(Number), isOpen: "open" in item.dataset, number, link, says };
    });

  // Those that fit and stand on other pages. The list may have taken them in meanwhile, with numbers.
  const elsewhere = (others, here) => {
    const [{ link: pattern } = {}] = here;
    const paths = new Set(here.map(({ link }) => link.pathname));
    return others
      .map(({ slug, name, at, open, said }) => {
        const link = make("a", "", name);
        link.href = `/safe-havens/${slug}${pattern?.search ?? ""}`;
        return { at, isOpen: open, number: "", link, says: said };
      })
      .filter(({ link }) => !paths.has(link.pathname));
  };

  // Beside the map: its buttons. names: of each, in the language of the page.
  const moves = (map, [closer, away, left, right, up, down]) => {
    const box = make("div", "app-map__moves");
    const step = (x, y) => () => map.panBy([x * 120, y * 120]);
    for (const [sign, name, act] of [
      ["+", closer, () => map.zoomIn()], ["−", away, () => map.zoomOut()], ["←", left, step(-1, 0)],
      ["→", right, step(1, 0)], ["↑", up, step(0, -1)], ["↓", down, step(0, 1)],
    ]) {
      const button = Object.assign(make("button", "", sign), { type: "button", title: name });
      button.setAttribute("aria-label", name);
      button.addEventListener("click", act);
      box.append(button);
    }
    return box;
  };

  window.havensMap = { ...window.havensMap, listed, elsewhere, moves };
})();
