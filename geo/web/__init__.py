"""Everything about HTTP: routes, the page's HTML, the API, caching, headers, Streamlit's files.

What a download contains belongs in `geo.exports`, what the page shows in `geo.views`.
"""
