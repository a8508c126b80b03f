"""The printed sheet: the projects of a filter on A3, as PDF or as pictures.

Data flows one way::

    dataset, filter ── content ── numbered projects, ground in metres, frames
                          │
    map.symbology ── symbols ── drawing ──▶ maps ◀── labels ◀── label_placement, layout
                                             │
                                        composition ── legend, list, text; typeset by sheet.typ

Here belongs what is drawn on paper. What a symbol looks like in every medium belongs to
`geo.map.symbology`; which formats people can download, to `geo.exports.formats`.
"""
