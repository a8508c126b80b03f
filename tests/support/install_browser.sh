#!/bin/sh
# Finds a Chromium for the browser tests, or installs one with Chinese fonts, and says which.
# The headless shell comes first: the same engine, and the tests take two thirds of the time.
# No browser is a failure, not a reason to skip.
set -eu
playwright=$1
found() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "browser: $(command -v "$name")"
            exit 0
        fi
    done
}
found chromium-headless-shell chrome-headless-shell
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    for package in chromium-headless-shell chromium; do
        found "$package"
        echo "browser: installing $package and fonts-noto-cjk with apt-get"
        if $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y -qq "$package" fonts-noto-cjk >/dev/null; then
            found "$package"
        fi
    done
fi
found chromium chromium-browser google-chrome google-chrome-stable
echo "browser: asking Playwright for its own Chromium"
if "$playwright" install chromium; then
    exit 0
fi
echo "browser: none found and none could be installed; install Chromium, then run make test again" >&2
exit 1
