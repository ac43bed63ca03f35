"""Phones that answer a survey, all at one moment."""

import asyncio
import secrets
import time
from dataclasses import dataclass

from bench.line import Line

ANSWERS = [["A1", "", "HC"], ["P3", "", 4]]


@dataclass(frozen=True, slots=True)
class Answered:
    """One acknowledged answer: under which code, and the seconds from the tap until then."""

    code: str
    seconds: float


async def answers(base: str, survey: str, phones: int) -> list[Answered]:
    """All phones tap at one moment; pages are open and codes given before."""
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


async def _answer(line: Line, survey: str, code: str) -> Answered:
    sent = {"form": "pre", "code": code, "answers": ANSWERS, "key": secrets.token_hex(12)}
    begun = time.perf_counter()
    answer = await line.ask(f"/s/{survey}/answer", sent)
    assert answer.status == 200, answer.body.decode()
    return Answered(code, time.perf_counter() - begun)
