/* Online tiles: only when the reader has chosen them, and never needed for the rest to work. */
(function (root) {
  "use strict";

  const NOTE_MS = 8000;

  function add(map, basemap, failed) {
    const layers = basemap.layers.map((one) => L.tileLayer(one.url, one.options).addTo(map));
    document.body.classList.toggle("pm-tiled", layers.length > 0);
    let told = false;
    for (const layer of layers) {
      layer.on("tileerror", () => {
        if (told) return;
        told = true;
        const note = root.ProjectContent.element("p", "pm-message", failed());
        note.setAttribute("role", "status");
        map.getContainer().append(note);
        setTimeout(() => note.remove(), NOTE_MS);
      });
    }
    return layers;
  }

  root.ProjectTiles = { add };
})(window);
