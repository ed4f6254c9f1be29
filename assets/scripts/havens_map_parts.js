// What stands on the map that moves and beside it: the venues of the list and of its other pages, the buttons; and the room
// for them: marks apart from each other, names only where nothing lies. Points are [x, y] in pixels, boxes [left, top,
// right, bottom].
(() => {
  const GAP = 6;
  const ROUNDS = 120;
  const LETTER = 7; // about the width of a letter of a name
  const LINE = 10; // half a line's height

  // Marks that would lie on each other are moved apart, as little as it takes; community/safe_havens/public/spreading.py
  // does the same on the drawn map. homes: where they belong.
  const spread = (homes, radii) => {
    const at = homes.map(([x, y], n) => [
      x + 0.01 * (n + 1) * Math.cos(n * 2.399963), y + 0.01 * (n + 1) * Math.sin(n * 2.399963),
    ]);
    for (let round = 0, moved = true; round < ROUNDS && moved; round += 1) {
      moved = false;
      at.forEach((one, n) => {
        if (round < ROUNDS / 2) [0, 1].forEach((i) => (one[i] += (homes[n][i] - one[i]) * 0.04));
        for (let m = 0; m < n; m += 1) {
          const [across, down] = [one[0] - at[m][0], one[1] - at[m][1]];
          const far = Math.hypot(across, down);
          const apart = radii[n] + radii[m] + GAP;
          if (!far || far >= apart) continue;
          const push = (apart - far) / far / 2;
          at[m] = [at[m][0] - across * push, at[m][1] - down * push];
          one[0] += across * push;
          one[1] += down * push;
          moved = true;
        }
      });
    }
    return at;
  };

  // names: {text, x, y} of each place. Those for which there is room, with the side of the point they stand on: none lies
  // on a mark or on another name, none runs over the edge. taken: boxes of the marks. edge: box of the map.
  const roomFor = (names, taken, edge) => {
    const boxes = [...taken];
    const meets = (one) => boxes.some((box) => one[0] < box[2] && box[0] < one[2] && one[1] < box[3] && box[1] < one[3]);
    return names.flatMap(({ text, x, y }, n) => {
      const long = text.length * LETTER + LINE;
      for (const isLeft of [false, true]) {
        const box = isLeft ? [x - long, y - LINE, x + 5, y + LINE] : [x - 5, y - LINE, x + long, y + LINE];
        const isInside = box[0] >= edge[0] && box[1] >= edge[1] && box[2] <= edge[2] && box[3] <= edge[3];
        if (!isInside || meets(box)) continue;
        boxes.push(box);
        return [{ n, isLeft }];
      }
      return [];
    });
  };

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

  window.havensMap = { spread, roomFor, listed, elsewhere, moves };
})();
