#!/bin/sh
# Unpacks a Debian package into a folder, without installing it: nothing on the machine is changed.
set -eu
package=$1
folder=$2
command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 1
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo -n"
mkdir -p "$folder"
cd "$folder"
apt-get download -qq "$package" || { $sudo apt-get update -qq && apt-get download -qq "$package"; }
dpkg-deb -x "$package"_*.deb .
rm "$package"_*.deb
