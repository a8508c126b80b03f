"""The printed sheet, projects that match a filter on A3 as PDF or PNG, and the previews of links.

Data flows one way::

    dataset, filter ── frames ── numbered projects, shapes in metres, map frames
                          │
    map.symbology ── symbols ── drawing ──▶ maps ◀── labels ◀── label_placement
                                             │
                                        composition ── legend, list, text; typeset by sheet.typ

`preview` makes the image that sites show with a link, from the same frames, labels and drawing.

This package holds what is drawn on paper. What a symbol looks like in every medium is defined in
`geo.map.symbology`; the download formats are in `geo.exports.formats`.
"""
