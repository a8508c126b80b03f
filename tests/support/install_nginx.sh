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
echo "nginx: unpacking Debian's into $folder"
if sh "$(dirname "$0")/unpack_debian.sh" nginx "$folder" && "$folder/usr/sbin/nginx" -v; then
    exit 0
fi
echo "nginx: none found and none could be unpacked; install nginx, then run make test again" >&2
exit 1
