#!/bin/sh
# Finds the library that gives the server of a test another date, or unpacks Debian's, and says which.
# None is a failure, not a reason to skip.
set -eu
folder=$1
mkdir -p "$folder"
for place in "$folder" /usr/lib; do
    found=$(find "$place" -name libfaketimeMT.so.1 2>/dev/null | head -n 1)
    if [ -n "$found" ]; then
        echo "faketime: $found"
        exit 0
    fi
done
echo "faketime: unpacking Debian's into $folder"
if sh "$(dirname "$0")/unpack_debian.sh" libfaketime "$folder"; then
    exit 0
fi
echo "faketime: none found and none could be unpacked; install libfaketime, then run make test again" >&2
exit 1
