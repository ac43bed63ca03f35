"""A PostgreSQL server of our own for the tests: in a temporary folder, on a free port, gone afterwards."""

import glob
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

HERE = "127.0.0.1"
START = 60.0
"""Seconds a slow machine may take until the server answers."""


def programs() -> Path | None:
    """The folder of initdb and postgres, if PostgreSQL is installed here."""
    found = shutil.which("initdb") or next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))[::-1]), None)
    return Path(found).resolve().parent if found else None


class Postgres:
    """The server; `stop` and `start` it as a failover would, cut its lines with `cut`."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="pg"))
        self._user: dict[str, object] = {}
        if os.name != "nt" and os.geteuid() == 0:  # PostgreSQL refuses to run with all rights
            self._user = {"user": "nobody", "extra_groups": []}
            shutil.chown(self._folder, "nobody")
        with socket.socket() as probe:
            probe.bind((HERE, 0))
            self.port = int(probe.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None
        self._data = self._folder / "data"
        made = [programs / "initdb", "-D", self._data, "-U", "test", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
        subprocess.run(made, check=True, capture_output=True, cwd=self._folder, **self._user)  # type: ignore[call-overload]

    def start(self) -> "Postgres":
        settings = {
            "listen_addresses": HERE,
            "port": self.port,
            "unix_socket_directories": self._folder,
            "fsync": "off",  # the tests kill the server, never the machine
            "max_connections": 60,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self._data, *options]
        with (self._folder / "log").open("ab") as out:
            self._process = subprocess.Popen(command, stdout=out, stderr=out, cwd=self._folder, **self._user)  # type: ignore[call-overload]
        until = time.monotonic() + START
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
                return self
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self._folder / "log").read_text()
                time.sleep(0.05)

    def stop(self) -> None:
        """Every line is cut, what was committed is kept."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, space: str = "") -> str:
        """The address; with `space`, of a schema of its own."""
        address = f"postgresql://test@{HERE}:{self.port}/postgres"
        return f"{address}?options=-csearch_path%3D{space}" if space else address

    def space(self, name: str) -> str:
        """The address of a new, empty place for one test."""
        self.ask(f"drop schema if exists {name} cascade")
        self.ask(f"create schema {name}")
        return self.url(name)

    def cut(self) -> int:
        """End every line to the app; how many there were."""
        rows = self.ask(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'facilitation'"
        )
        return len(rows)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It stands still: what is sent to it is taken in, and nothing comes back."""
        rows = self.ask("select pid from pg_stat_activity where pid <> pg_backend_pid()")
        assert self._process
        all_of_it = [self._process.pid, *(int(str(pid)) for (pid,) in rows)]
        for process in all_of_it:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in all_of_it:
                os.kill(process, signal.SIGCONT)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            cursor = connection.execute(question)
            return cursor.fetchall() if cursor.description else []
