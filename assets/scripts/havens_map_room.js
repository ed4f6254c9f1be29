// Room on the map that moves: marks apart from each other, names only where nothing lies. Points are [x, y] in pixels,
// boxes [left, top, right, bottom].
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

  window.havensMap = { ...window.havensMap, spread, roomFor };
})();
