"""The printed sheet: the projects that match a filter on A3, as PDF or PNG.

Data flows one way::

    dataset, filter ── frames ── numbered projects, shapes in metres, map frames
                          │
    map.symbology ── symbols ── drawing ──▶ maps ◀── labels ◀── label_placement
                                             │
                                        composition ── legend, list, text; typeset by sheet.typ

This package holds what is drawn on paper. What a symbol looks like in every medium is defined in
`geo.map.symbology`; the download formats are in `geo.exports.formats`.
"""
