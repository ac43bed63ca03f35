"""A server of our own for the tests: a free port, an own data folder; it can be killed and started on the same data.
And a line to it that can be cut."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START = 60.0
"""Seconds a slow machine may take until the server answers."""

HERE = "127.0.0.1"

FAULT = "sitecustomize.py"
"""What Python looks for and carries out at every start."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        return int(probe.getsockname()[1])


class Server:
    """`streamlit run app.py` over the data in `folder`, or in a database that others share."""

    def __init__(self, folder: Path, database: str = "", options: tuple[str, ...] = ()) -> None:
        self.folder, self.port, self.database, self.options = folder, free_port(), database, options
        self.log = folder / "server.log"
        self.base = f"http://{HERE}:{self.port}"
        self._process: subprocess.Popen | None = None
        self._from = 0

    def start(self) -> "Server":
        """Start it and wait until it answers."""
        environment = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(self.folder / "data")}
        environment |= {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        environment["DATABASE_URL"] = self.database
        if (self.folder / FAULT).exists():
            environment["PYTHONPATH"] = str(self.folder)
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(self.port), "--server.address", HERE, *self.options]
        self._from = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        until = time.monotonic() + START
        while not self._answers():
            assert self._process.poll() is None, f"the server ended at once:\n{self.said()}"
            assert time.monotonic() < until, f"the server does not answer:\n{self.said()}"
            time.sleep(0.1)
        return self

    def plant(self, fault: str) -> None:
        """From its next start on the server runs with a fault: Python that is carried out before the app."""
        (self.folder / FAULT).write_text(fault, "utf-8")

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.base}/healthz", timeout=2) as answer:
            return answer.status == 200
        return False

    def kill(self) -> None:
        """End it as a power cut would (`kill -9`): nothing is put in order."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def said(self) -> str:
        """What it has printed since it was started last."""
        with self.log.open("rb") as file:
            file.seek(self._from)
            return file.read().decode(errors="replace")

    @property
    def enter(self) -> str:
        """The path of the start link that it printed."""
        found = re.findall(r"https?://\S+?(/enter/\S+)", self.said())
        assert found, f"no start link:\n{self.said()}"
        return str(found[-1])


class Line:
    """A TCP line to a server: `cut` it like a Wi-Fi that goes away, `mend` it, or let it lose the server's answers."""

    def __init__(self, server: Server) -> None:
        self._to = (HERE, server.port)
        self._open = threading.Event()
        self._open.set()
        self._deaf = threading.Event()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server((HERE, 0))
        self.base = f"http://{HERE}:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Break every connection and take no new one."""
        self._open.clear()
        self._break_all()

    def lose_answers(self) -> None:
        """What the device sends still arrives; of what the server answers nothing does, and the connection breaks."""
        self._deaf.set()

    def mend(self) -> None:
        self._deaf.clear()
        self._open.set()

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                device, _ = self._door.accept()
                threading.Thread(target=self._connect, args=(device,), daemon=True).start()

    def _connect(self, device: socket.socket) -> None:
        try:
            if not self._open.is_set():
                raise OSError
            server = socket.create_connection(self._to, timeout=5)
            server.settimeout(None)
        except OSError:
            device.close()
            return
        pair = (device, server)
        with self._lock:
            self._pairs.add(pair)
        threading.Thread(target=self._carry, args=(server, device, pair, self._deaf), daemon=True).start()
        self._carry(device, server, pair, None)

    def _carry(
        self, source: socket.socket, to: socket.socket, pair: tuple[socket.socket, socket.socket],
        deaf: threading.Event | None,
    ) -> None:  # fmt: skip
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                if deaf and deaf.is_set():
                    break
                to.sendall(part)
        self._break(pair)

    def _break_all(self) -> None:
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            self._break(pair)

    def _break(self, pair: tuple[socket.socket, socket.socket]) -> None:
        with self._lock:
            self._pairs.discard(pair)
        for end in pair:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
