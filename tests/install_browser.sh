#!/bin/sh
# Finds a Chromium for the browser tests, or installs one with Chinese fonts, and says which.
# No browser is a failure, not a reason to skip.
set -eu
playwright=$1
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null 2>&1; then
        echo "browser: $(command -v "$name")"
        exit 0
    fi
done
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "browser: installing chromium and fonts-noto-cjk with apt-get"
    if $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; then
        echo "browser: $(command -v chromium)"
        exit 0
    fi
fi
echo "browser: asking Playwright for its own Chromium"
if "$playwright" install chromium; then
    exit 0
fi
echo "browser: none found and none could be installed; install Chromium, then run make test again" >&2
exit 1
