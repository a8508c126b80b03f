"""A PostgreSQL with PostGIS of the tests' own: on a free port of this machine, in a folder of its own."""

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from support.servers import unused_port

OWNER = "owner"
TEMPLATE = "with_postgis"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    # What a test writes need not outlive a power cut.
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "40",
}


@dataclass
class Server:
    """A cluster: its programs, its folder, its port, and the password of its owner."""

    programs: Path
    folder: Path
    port: int
    password: str

    def address(self, database: str, user: str = OWNER, password: str | None = None) -> str:
        secret = self.password if password is None else password
        return f"postgresql://{user}:{secret}@127.0.0.1:{self.port}/{database}"

    def connect(self, database: str = "postgres") -> psycopg.Connection[Any]:
        return psycopg.connect(self.address(database), autocommit=True)

    def create(self, template: str = TEMPLATE) -> str:
        """Return the name of a new database: a copy of another, or one with PostGIS and nothing else."""
        name = f"map_{secrets.token_hex(4)}"
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        with self.connect() as connection:
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def start(self) -> None:
        settings = " ".join(f"-c {key}={value or repr(value)}" for key, value in SETTINGS.items())
        self._control("start", "-l", self.folder / "log", "-o", f"-p {self.port} {settings}")

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def _control(self, *arguments: object) -> None:
        self.run("pg_ctl", "-D", self.folder / "cluster", "--wait", "--silent", *arguments)

    def run(self, program: str, *arguments: object) -> None:
        """Run a program of PostgreSQL, which refuses to run as root, as its own user then."""
        user = {"user": "postgres", "group": "postgres", "extra_groups": ()} if is_root() else {}
        # The server would hold a pipe open; a file lets go of us.
        with (self.folder / "said").open("w+", encoding="utf-8") as said:
            command = [self.programs / program, *map(str, arguments)]
            ended = subprocess.run(
                command, cwd=self.folder, stdout=said, stderr=said, check=False, **user
            )
            said.seek(0)
            assert ended.returncode == 0, f"{program} failed:\n{said.read()}"


def is_root() -> bool:
    return os.geteuid() == 0


def find_programs() -> Path:
    """Return the folder of initdb and pg_ctl, as `install_postgis.sh` finds or installs it."""
    script = Path(__file__).with_name("install_postgis.sh")
    asked = subprocess.run(["/bin/sh", script], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    return Path(asked.stdout.splitlines()[-1].removeprefix("postgis: "))


@contextmanager
def running_server() -> Iterator[Server]:
    """Start a new cluster; stop it and remove it at the end."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="project-map-"))
    try:
        server = Server(programs, folder, unused_port(), secrets.token_hex(12))
        secret = folder / "password"
        secret.write_text(server.password, encoding="utf-8")
        if is_root():
            for path in (folder, secret):
                shutil.chown(path, "postgres", "postgres")
        server.run(
            "initdb", "-D", folder / "cluster", "--username", OWNER, "--pwfile", secret,
            "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync",
        )  # fmt: skip
        server.start()
        try:
            with server.connect() as connection:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            with server.connect(TEMPLATE) as connection:
                connection.execute("CREATE EXTENSION postgis")
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
