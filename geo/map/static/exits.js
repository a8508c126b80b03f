/* Where lines lead: written at the edge of the frame, at the point where each line leaves it. */
(function (root) {
  "use strict";

  const { width } = root.ProjectLettering;
  const lod = root.ProjectLevelOfDetail;
  const lineNames = root.ProjectLineNames;
  const seats = root.ProjectSeats;

  const STYLE = { size: 11.5, weight: 500 };
  /* Pixels between two places where lines leave the frame, below which they need their names. */
  const CLOSE_EXITS = 110;
  /* Pixels along a line from the frame's edge within which it still says where it leads. */
  const FARTHEST_EXIT = 420;

  function* place(lines, work) {
    const { ui, room, frame, origin, language, labelOf, add, boxOf } = work;
    const style = work.scaled(STYLE);
    const found = [];
    for (const mark of lines) {
      for (const end of mark.feature.properties.ends || []) {
        const leaving = lineNames.exit(mark, end, origin, frame);
        if (leaving) found.push({ ...leaving, mark, place: end[language === "en" ? 3 : 2] });
      }
    }
    found.sort((one, two) => lod.rank(one.mark.feature, ui.signatures) - lod.rank(two.mark.feature, ui.signatures));
    for (const one of found) {
      // Where several leave the frame together, or for one place, each has its line's name with it.
      // A small frame has no room for that.
      const alike = lod.large(frame) && found.some((other) => other.mark !== one.mark && (other.at.distanceTo(one.at) < CLOSE_EXITS || other.place === one.place));
      const plain = `${lineNames.arrow(one.direction)} ${one.place}`;
      for (const text of alike ? [`${plain} · ${labelOf(one.mark)}`, plain] : [plain]) {
        const box = atExit(one, { width: width(text, style), height: style.size * 1.16 }, work);
        // Away from its line, and with no name, it would be anybody's.
        const near = box && Math.abs(box.y - one.at.y) < 20 && Math.abs(box.x - one.at.x) < box.width / 2 + 20;
        if (!box || (alike && text === plain && !near)) continue;
        add({
          kind: "exit", id: one.mark.id, text, style: { ...style, opacity: 0.9 }, room, mark: one.mark,
          paint: (all) => all.hue(one.mark.feature.properties.sector), letters: [boxOf(text, style, box)],
        });
        break;
      }
      yield;
    }
  }

  /* At the frame's edge, or where a control lies there, beside it along the line; nowhere else, as
     farther in it would be taken for another line's. */
  function atExit({ inward }, size, { room, frame, blocked }) {
    for (let length = 0; length <= Math.min(inward.total, FARTHEST_EXIT); length += 12) {
      const at = inward.at(length);
      if (blocked(at)) continue;
      for (const farther of [0, 14, 28, 42]) {
        const box = seats.edge(inward.at(length + farther), size, room, frame);
        if (box) return box;
      }
      return null;
    }
    return null;
  }

  root.ProjectExits = { place };
})(window);
