"""Maps made by the server: the printed A3 sheet, previews of links, and the first view's map.

Data flows one way::

    dataset, filter ── frames ── numbered projects, shapes in metres, map frames
                          │
    map.symbology ── symbols ── drawing ──▶ maps ◀── labels ◀── label_placement
                                             │
                                        composition ── legend, list, text; typeset by sheet.typ

`preview` makes the image that sites show with a link, from the same frames, labels and drawing.
`screen_map` and `screen_names` make the map of the page's first view, as SVG.

This package holds what is drawn without a browser. What a symbol looks like in every medium is defined in
`geo.map.symbology`; the download formats are in `geo.exports.formats`.
"""
