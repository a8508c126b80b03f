"""The server beside the page: routes, the API, caching, security headers, and Streamlit's own files.

Here belongs everything about HTTP. What a download contains belongs to `geo.exports`; what a reader sees
on the page, to `geo.views`.
"""
