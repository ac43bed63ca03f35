"""Phones that answer a survey, all at one moment."""

import asyncio
import secrets
import time

from bench.line import Line

ANSWERS = [["A1", "", "HC"], ["P3", "", 4]]


async def answers(base: str, survey: str, phones: int) -> list[float]:
    """Seconds from each phone's tap to the acknowledgement; pages are open and codes given before."""
    lines = [Line(base) for _ in range(phones)]
    codes = await asyncio.gather(*(_code(line, survey) for line in lines))
    took = await asyncio.gather(*(_answer(line, survey, code) for line, code in zip(lines, codes, strict=True)))
    await asyncio.gather(*(line.close() for line in lines))
    return list(took)


async def _code(line: Line, survey: str) -> str:
    await line.ask(f"/s/{survey}")
    answer = await line.ask(f"/s/{survey}/code", {"key": secrets.token_hex(12)})
    assert answer.status == 200, answer.body.decode()
    return str(answer.json()["code"])


async def _answer(line: Line, survey: str, code: str) -> float:
    sent = {"form": "pre", "code": code, "answers": ANSWERS, "key": secrets.token_hex(12)}
    begun = time.perf_counter()
    answer = await line.ask(f"/s/{survey}/answer", sent)
    assert answer.status == 200, answer.body.decode()
    return time.perf_counter() - begun
