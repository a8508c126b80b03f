"""Tries the page in Firefox and in WebKitGTK, the engine of Safari: `python -m tools.bench.browsers`.

Chromium is what the tests use. Here the two other engines that readers have open the page, choose filters
and open views, and whatever they complain of is a failure. `steps` says what is done and what must be seen.
`firefox` and `webkit` drive a browser, each by the way that works without a window manager or a driver of its
own: Firefox speaks WebDriver BiDi, WebKitGTK the older WebDriver, in the window of `webkit_window`.
`make other-browsers` installs both.
"""
