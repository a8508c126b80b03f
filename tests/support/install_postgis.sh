#!/bin/sh
# Finds a PostgreSQL with PostGIS for the database tests, or installs one, and says which.
# The tests start a server of their own. No database is a failure, not a reason to skip.
set -eu

find_postgis() {
    for config in /usr/lib/postgresql/*/bin/pg_config "$(command -v pg_config || true)"; do
        [ -x "$config" ] || continue
        [ -x "$("$config" --bindir)/initdb" ] || continue
        [ -e "$("$config" --sharedir)/extension/postgis.control" ] || continue
        echo "postgis: $("$config" --bindir)"
        return 0
    done
    return 1
}

if find_postgis; then
    exit 0
fi
if command -v apt-get >/dev/null 2>&1; then
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "postgis: installing postgresql and postgresql-postgis with apt-get"
    if $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq postgresql postgresql-postgis >/dev/null && find_postgis; then
        exit 0
    fi
fi
echo "postgis: none found and none could be installed; install PostgreSQL with PostGIS, then run make test again" >&2
exit 1
