#!/bin/sh
# Finds Firefox and WebKitGTK with its driver for `python -m tools.bench.browsers`, or installs them, and says which.
# A missing browser is a failure, not a reason to skip.
set -eu

# WebKitGTK's window is a script in Debian's Python, drawn on a screen in memory.
missing() {
    command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || echo firefox-esr
    command -v WebKitWebDriver >/dev/null 2>&1 || echo webkit2gtk-driver
    command -v Xvfb >/dev/null 2>&1 || echo xvfb
    /usr/bin/python3 -c 'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1")' \
        2>/dev/null || echo python3-gi gir1.2-gtk-3.0 gir1.2-webkit2-4.1
}

packages=$(missing | tr '\n' ' ')
if [ -n "$packages" ] && command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "other browsers: installing $packages with apt-get"
    # shellcheck disable=SC2086 # a list
    $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq $packages fonts-noto-cjk >/dev/null || true
    packages=$(missing | tr '\n' ' ')
fi
if [ -n "$packages" ]; then
    echo "other browsers: $packages not found and could not be installed; install them, then run make bench again" >&2
    exit 1
fi
echo "other browsers: $(command -v firefox-esr || command -v firefox), $(command -v WebKitWebDriver)"
