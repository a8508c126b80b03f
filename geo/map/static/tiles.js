/* Online tiles: only when the reader has chosen them, and never needed for the rest to work. */
(function (root) {
  "use strict";

  const NOTE_MS = 8000;
  /* A server that has sent no tile by then does not answer, even if it refuses nothing. */
  const PATIENCE_MS = 10000;

  function add(map, basemap, failed) {
    root.ProjectDatum.lay(map, basemap.datum);
    const layers = basemap.layers.map((one) => L.tileLayer(one.url, one.options).addTo(map));
    document.body.classList.toggle("pm-tiled", layers.length > 0);
    let told = false;
    let waiting = layers.length ? setTimeout(tell, PATIENCE_MS) : 0;

    function tell() {
      if (told || !layers.some((layer) => map.hasLayer(layer))) return;
      told = true;
      const note = root.ProjectContent.element("p", "pm-message", failed());
      note.setAttribute("role", "status");
      map.getContainer().append(note);
      setTimeout(() => note.remove(), NOTE_MS);
    }

    for (const layer of layers) {
      layer.on("tileerror", tell);
      layer.on("tileload", () => {
        clearTimeout(waiting);
        waiting = 0;
      });
    }
    return layers;
  }

  root.ProjectTiles = { add };
})(window);
