/* All projects of the map: a mark for each that has a place, and which of them are shown. */
(function (root) {
  "use strict";

  /* `features` are those of map.json, in its order, by which `held` says what each carries. */
  function create(map, features, ui, theme) {
    const renderers = root.ProjectMarks.preparePanes(map);
    const located = features.filter((feature) => feature.geometry).length;
    const many = located > root.ProjectCrowd.MANY;
    if (many) root.ProjectCrowd.prepare(map, renderers);
    const Kind = many ? root.ProjectCrowd.CrowdMark : root.ProjectMarks.Mark;
    const marks = features.map((feature) =>
      feature.geometry ? new Kind(map, feature, ui, renderers, theme) : null,
    );
    const held = features.map((feature) => root.ProjectTold.halves(feature.properties.codes));
    const byId = new Map(marks.filter(Boolean).map((mark) => [mark.feature.properties.id, mark]));
    let shown = "";
    map.on("zoomend", () => byId.forEach((mark) => mark.scaleBand()));

    function repaint() {
      if (many) renderers.crowd.repaint();
    }

    /* Returns whether that changed anything: the same may be said in other words, by the reader's
       choice first and then by the server. */
    function filter(told) {
      const said = JSON.stringify(told);
      if (said === shown) return false;
      shown = said;
      const passes = root.ProjectTold.reader(told, held);
      if (marks.every((mark, index) => !mark || mark.shown === passes(index))) return false;
      marks.forEach((mark, index) => mark && (passes(index) ? mark.show() : mark.hide()));
      repaint();
      return true;
    }

    const all = () => [...byId.values()];
    const visible = () => all().filter((mark) => mark.shown);
    const get = (id) => byId.get(id);

    /* What the page around the map points at is brought forward here. */
    function light(ids) {
      for (const [id, mark] of byId) mark.hover(ids.includes(id));
    }

    function dress(next) {
      for (const mark of byId.values()) {
        mark.theme = next;
        mark.style();
      }
    }

    return { held, all, get, visible, filter, repaint, light, dress };
  }

  root.ProjectSet = { create };
})(window);
