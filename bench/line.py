"""One kept-alive HTTP connection of a device, as a browser holds one: lean, for sixty share this machine."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, headers by lower-case name, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Line:
    """Asks a server, one request after another; keeps its cookies."""

    def __init__(self, base: str) -> None:
        self.base, self.host = base, urlsplit(base).netloc
        self.cookies: dict[str, str] = {}
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    async def ask(self, path: str, sent: Any = None) -> Answer:
        """GET, or POST where something is sent (as JSON)."""
        body = b"" if sent is None else json.dumps(sent, ensure_ascii=False).encode()
        head = [f"{'GET' if sent is None else 'POST'} {path} HTTP/1.1", f"Host: {self.host}"]
        if self.cookies:
            head.append(f"Cookie: {self.cookie}")
        if sent is not None:
            head += [f"Origin: {self.base}", "Content-Type: application/json", f"Content-Length: {len(body)}"]
        request = "\r\n".join([*head, "", ""]).encode() + body
        used = self._streams is not None
        try:
            return self._kept(await self._answered(request))
        except (asyncio.IncompleteReadError, ConnectionError) as lost:
            if not used or getattr(lost, "partial", b""):
                raise
            await self.close()  # the server ended a silent line in just this moment: a browser asks on a new one
            return self._kept(await self._answered(request))

    async def _answered(self, request: bytes) -> Answer:
        reader, writer = await self._connected()
        writer.write(request)
        return await _answer(reader)

    async def follow(self, path: str) -> tuple[str, Answer]:
        """GET, along all redirects; the path where it ended."""
        while True:
            answer = await self.ask(path)
            if "location" not in answer.headers:
                return path, answer
            to = urlsplit(answer.headers["location"])
            path = to.path + (f"?{to.query}" if to.query else "")

    async def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams is None or self._streams[0].at_eof():  # the server ends what was silent for long
            address, _, port = self.host.partition(":")
            self._streams = await asyncio.open_connection(address, int(port))
        return self._streams

    def _kept(self, answer: Answer) -> Answer:
        for cookie in filter(None, answer.headers.get("set-cookie", "").split("\n")):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name.strip()] = value.strip().strip('"')
        return answer


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        known = headers.get(name.lower())
        headers[name.lower()] = f"{known}\n{value.strip()}" if known else value.strip()
    body = await (_chunks(reader) if "chunked" in headers.get("transfer-encoding", "") else _whole(reader, headers))
    return Answer(int(head[0].split()[1]), headers, body)


async def _whole(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    return await reader.readexactly(int(headers.get("content-length", "0")))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readline()).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
    return body
