"""The door in front of two servers: Caddy with the very file that `deploy/` shows."""

import contextlib
import os
import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.browser.house import HERE, ROOT, START, Server, free_port


class Balancer:
    """Stands where a `Server` stands for `Visitors`: an address, the start link, what was printed."""

    def __init__(self, folder: Path, servers: list[Server], site: str = "", tls: str = "") -> None:
        self.servers, self.base, self.http = servers, site or f"http://{HERE}:{free_port()}", free_port()
        self._folder = folder
        self._log = folder / "caddy.log"
        environment = {
            **os.environ,
            "SITE": self.base,
            "SERVERS": " ".join(f"{HERE}:{server.port}" for server in servers),
            "STICKY_SECRET": "for-the-tests",
            "TLS": tls,
            "HTTP_PORT": str(self.http),
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
        }
        command = [str(shutil.which("caddy")), "run", "--config", "deploy/Caddyfile", "--adapter", "caddyfile"]
        with self._log.open("wb") as out:
            self._process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        until = time.monotonic() + START
        while self.status("/healthz") != 200:
            assert self._process.poll() is None and time.monotonic() < until, self._log.read_text()
            time.sleep(0.1)

    def status(self, path: str) -> int:
        """What the door answers to a stranger."""
        with contextlib.suppress(OSError):
            try:
                with urllib.request.urlopen(self.base + path, timeout=5, context=self.trust()) as answer:
                    return int(answer.status)
            except urllib.error.HTTPError as refused:
                return refused.code
        return 0

    def trust(self) -> ssl.SSLContext | None:
        """For a visitor who trusts the door's own authority and no other."""
        root = self._folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        return ssl.create_default_context(cafile=str(root)) if root.exists() else None

    def said(self) -> str:
        return "\n".join(server.said() for server in self.servers)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)
