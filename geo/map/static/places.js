/* Projects that share a place are one place with a list, and signs too close together are one count
   that says of what. A pure function of where things lie on the screen. */
(function (root) {
  "use strict";

  /* Pixels between two middles below which two projects are at one place. */
  const TOGETHER = { point: 24, area: 34, group: 70 };
  const TOGETHER_IN_CROWD = 74;
  const CROWD = 300;

  /* `items` are {mark, at: {x, y}} in the order of importance; returns groups {at, marks}. Groups are
     looked for in the nine squares around an item, so that thousands cost no more than their number. */
  function gather(items) {
    const crowd = items.length > CROWD;
    const widest = crowd ? TOGETHER_IN_CROWD : TOGETHER.group;
    const squares = new Map();
    const groups = [];
    for (const { mark, at } of items) {
      const [column, row] = [Math.floor(at.x / widest), Math.floor(at.y / widest)];
      const near = neighbours(squares, column, row).find((group) => {
        const apart = Math.hypot(group.at.x - at.x, group.at.y - at.y);
        if (crowd) return apart < TOGETHER_IN_CROWD;
        const same = shared(group.marks[0]) && shared(group.marks[0]) === shared(mark);
        return apart < (same ? TOGETHER.group : TOGETHER[mark.kind]);
      });
      if (near) {
        near.marks.push(mark);
        continue;
      }
      const group = { at, marks: [mark] };
      groups.push(group);
      const key = `${column} ${row}`;
      if (!squares.has(key)) squares.set(key, []);
      squares.get(key).push(group);
    }
    return groups;
  }

  const shared = (mark) => mark.feature.properties.place_zh || "";

  function neighbours(squares, column, row) {
    const found = [];
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) found.push(...(squares.get(`${x} ${y}`) || []));
    }
    return found;
  }

  /* The name of the place that most of a group share; "" where there is none. */
  function placeName(marks, language) {
    const names = marks.map((mark) => mark.feature.properties[`place_${language}`] || "");
    const [first] = names.filter(Boolean);
    return first && names.filter((one) => one === first).length * 2 > marks.length ? first : "";
  }

  /* "Railways 3 · Industry 5": the two sectors with the most, and how many others. */
  function composition(marks, ui, language) {
    const counts = new Map();
    for (const mark of marks) {
      const { sector } = mark.feature.properties;
      counts.set(sector, (counts.get(sector) || 0) + 1);
    }
    const most = [...counts].sort((one, two) => two[1] - one[1]);
    const said = most.slice(0, 2).map(([sector, count]) => `${ui.sectors[sector][language]} ${count}`);
    const rest = most.slice(2).reduce((sum, [, count]) => sum + count, 0);
    if (rest) said.push(`+${rest}`);
    return said.join(ui.text[language].separator);
  }

  root.ProjectPlaces = { gather, placeName, composition };
})(window);
