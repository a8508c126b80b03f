"""A real nginx with deploy/nginx.conf, as an unprivileged process on a free port of this machine."""

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from support import ROOT

CONF = ROOT / "deploy" / "nginx.conf"
NOBODY = 65534
PATIENCE_S = 20
MAIN = """\
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/ziyang-map.conf;
}}
"""
"""What Debian's own nginx.conf does around ours; every folder is in the temporary one."""

FOLDERS = ("var/cache", "var/log/nginx")
"""The folders that are there before nginx starts, where Debian's or Ubuntu's package is installed."""


@dataclass
class Nginx:
    """An nginx: its address with the base path, its folder with the logs, and how it is started."""

    address: str
    folder: Path
    command: Sequence[str]
    user: Mapping[str, Any]
    server: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.server = subprocess.Popen(self.command, stderr=subprocess.DEVNULL, **self.user)
        _wait_until_listening(urlsplit(self.address).port, self.server, self.folder)

    def stop(self) -> None:
        """End it at once, with all its connections."""
        self.server.terminate()
        self.server.wait()

    def reload(self) -> None:
        """Let it read its configuration again, as `systemctl reload nginx` does."""
        self.server.send_signal(signal.SIGHUP)

    def upstreams(self, part: str, count: int) -> list[str]:
        """Wait until so many requests with this in their line are over; return who answered each.

        A request is logged when its answer has gone: a moment after it came, and a websocket when
        it is closed.
        """
        deadline = time.monotonic() + PATIENCE_S
        while True:
            log = (self.folder / FOLDERS[1] / "ziyang-map.log").read_text(encoding="utf-8")
            served = re.findall(r'"([^"]*)" \d+ \d+ [\d.]+ (.+) \S+$', log, re.MULTILINE)
            on = [upstream for line, upstream in served if part in line]
            if len(on) >= count:
                return on
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(on)} requests with {part!r} ended, not {count}")
            time.sleep(0.05)  # the log offers nothing to wait on; the loop waits on a condition


def find_nginx():
    """Return the nginx that tests/support/install_nginx.sh has found or unpacked."""
    kept = ROOT / ".venv" / "nginx" / "usr" / "sbin" / "nginx"
    found = shutil.which("nginx") or shutil.which("/usr/sbin/nginx") or shutil.which(kept)
    assert found, "there is no nginx; run make nginx, which finds or unpacks one"
    return Path(found)


def configured(folder: Path, port: int, upstreams: Sequence[int]) -> str:
    """Return deploy/nginx.conf with this test's ports and folder; nothing else is changed."""
    text = CONF.read_text(encoding="utf-8")
    servers = "".join(
        f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=5s;\n" for one in upstreams
    )
    for old, new in {
        "    server 127.0.0.1:8501 max_fails=1 fail_timeout=5s;\n": servers,
        "    listen 80;\n": f"    listen 127.0.0.1:{port};\n",
        "    listen [::]:80;\n": "",
    }.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text.replace(" /var/", f" {folder}/var/")


@contextmanager
def running_nginx(port: int, upstreams: Sequence[int]) -> Iterator[Nginx]:
    """Run nginx on a port before the app's processes on these ports; stop it at the end."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path in FOLDERS:
            (folder / path).mkdir(parents=True)
        (folder / "ziyang-map.conf").write_text(configured(folder, port, upstreams), "utf-8")
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder), "utf-8")
        # A copy, as the folder it lies in may be closed to the user that it runs as.
        binary = Path(shutil.copy(find_nginx(), folder / "nginx"))
        unprivileged = {}
        if os.geteuid() == 0:
            unprivileged = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            for path in (folder, *folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        command = (str(binary), "-p", name, "-c", f"{name}/nginx.conf", "-e", f"{name}/start.log")
        subprocess.run([*command, "-t"], check=True, capture_output=True, **unprivileged)
        made = Nginx(f"http://localhost:{port}/map", folder, command, unprivileged)
        made.start()
        try:
            yield made
        finally:
            made.stop()


def _wait_until_listening(port, server, folder):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)  # nginx offers nothing else to wait on before it listens
    logs = [path.read_text("utf-8") for path in sorted(folder.glob("*.log"))]
    raise AssertionError("nginx did not start; it said:\n" + "\n".join(logs))
