"""Everything about HTTP: routes, the first view in HTML, the API, caching, security headers, and
Streamlit's own files.

What a download contains belongs in `geo.exports`, what the page shows in `geo.views`.
"""
