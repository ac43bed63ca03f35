"""A server of the benchmark's own: a free port, an own data folder, what it costs in time and memory."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from bench.line import Line

ROOT = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
START = 60.0


class Server:
    """`streamlit run <script>` as `start.py` starts it."""

    def __init__(self, folder: Path, script: str = "app.py", health: str = "/healthz", database: str = "") -> None:
        with socket.socket() as free:
            free.bind((HERE, 0))
            self.port = free.getsockname()[1]
        self.folder, self.base = folder, f"http://{HERE}:{self.port}"
        self._script, self._health, self._database = script, health, database

    async def start(self) -> float:
        """Start it; the seconds from the first moment until it answers."""
        env = {**os.environ, "PORT": str(self.port), "DATA_DIR": str(self.folder), "DATABASE_URL": self._database}
        env |= {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "streamlit", "run", self._script]
        command += [f"--server.port={self.port}", f"--server.address={HERE}"]
        begun = time.perf_counter()
        with (self.folder / "server.log").open("wb") as log:
            self._process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
        self.process = psutil.Process(self._process.pid)
        while not await self._answers():
            if self._process.poll() is not None or time.perf_counter() - begun > START:
                raise SystemExit(f"the server did not start:\n{self.said()}")
            await asyncio.sleep(0.02)
        return time.perf_counter() - begun

    def stop(self) -> None:
        """Ask it to end and wait."""
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def cpu(self) -> float:
        """Seconds of one core it has used so far."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    @property
    def memory(self) -> float:
        """Megabytes it holds."""
        return float(self.process.memory_info().rss) / 1e6

    def said(self) -> str:
        """What it has printed."""
        return (self.folder / "server.log").read_text("utf-8", errors="replace")

    @property
    def enter(self) -> str:
        """The path of the start link it has printed."""
        return "/enter/" + self.said().split("/enter/")[1].split()[0]

    async def _answers(self) -> bool:
        line = Line(self.base)
        try:
            return (await line.ask(self._health)).status == 200
        except (OSError, EOFError):
            return False
        finally:
            await line.close()
