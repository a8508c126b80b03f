"""Measures how fast the page is in a real browser: `python -m tools.bench`.

Three pages are visited in turn in the same run, so that a slow minute of the machine affects all of them:
`empty` (the cost of Streamlit itself), `usual` (a Folium map as most pages build it) and the app.
`servers` starts them, `visit`, `app_steps` and `page_probe.js` take the times, `fake_cdn` answers for the
hosts that the usual page loads from, and `report` writes the results. `scaling` repeats the visits with
`synthetic_layers` of many sizes. Times are in milliseconds, sizes in bytes.

The other programs: `exports` (time and size of each download), `lighthouse` (Google's scores, beside those of
the empty page), `browsers` (a trial of the page in Firefox and WebKitGTK), `load` (many readers at once, each a
`session` without a browser, then `page_loads`) and `soak` (one long visit). The last two use `process` to
measure the server and `load_report` to write docs/load.md. `sections` lets several programs write to one file.
"""
