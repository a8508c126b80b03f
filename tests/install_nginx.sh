#!/bin/sh
# Finds an nginx for the tests of deploy/nginx.conf, or unpacks Debian's into a folder, and says which.
# Unpacked, not installed: an installed one would begin to serve on port 80.
# No nginx is a failure, not a reason to skip.
set -eu
folder=$1
for found in nginx /usr/sbin/nginx "$folder/usr/sbin/nginx"; do
    if command -v "$found" >/dev/null 2>&1; then
        echo "nginx: $(command -v "$found")"
        exit 0
    fi
done
if command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "nginx: unpacking Debian's into $folder"
    mkdir -p "$folder"
    if (cd "$folder" && { apt-get download -qq nginx || { $sudo apt-get update -qq && apt-get download -qq nginx; }; } &&
        dpkg-deb -x nginx_*.deb . && rm nginx_*.deb) && "$folder/usr/sbin/nginx" -v; then
        exit 0
    fi
fi
echo "nginx: none found and none could be unpacked; install nginx, then run make test again" >&2
exit 1
