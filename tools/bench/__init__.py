"""What the page costs its reader, measured in a real browser: `python -m tools.bench`.

Three pages are visited in turn, in one run, so that a slow minute of the machine hits all alike:
`empty` (what Streamlit itself costs), `usual` (a Folium map as most pages make it) and the app.
`servers` runs them, `measure` and `page_probe.js` take the times, `cdn` answers for the hosts that the
usual page asks for, `report` writes it all down. Times are milliseconds, sizes are bytes.

Beside it: `exports` (what a download costs), `load` (many readers at once; a `reader` is a session without
a browser) and `soak` (a long visit), of which `record` keeps docs/load.md and `process` asks the machine.
"""
