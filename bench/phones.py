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
    doors = await asyncio.gather(*(_door(line, survey) for line in lines))
    codes = await asyncio.gather(*(_code(line, at) for line, at in zip(lines, doors, strict=True)))
    took = await asyncio.gather(*(_answer(*each) for each in zip(lines, doors, codes, strict=True)))
    await asyncio.gather(*(line.close() for line in lines))
    return list(took)


async def _door(line: Line, survey: str) -> str:
    """The page, by the code as it is typed; the key that its address ends with."""
    path, page = await line.follow(f"/s/{survey}")
    assert page.status == 200, page.body.decode()
    return path.replace("?", "/{what}?")


async def _code(line: Line, at: str) -> str:
    answer = await line.ask(at.format(what="code"), {"key": secrets.token_hex(12)})
    assert answer.status == 200, answer.body.decode()
    return str(answer.json()["code"])


async def _answer(line: Line, at: str, code: str) -> Answered:
    sent = {"form": "pre", "code": code, "answers": ANSWERS, "key": secrets.token_hex(12)}
    begun = time.perf_counter()
    answer = await line.ask(at.format(what="answer"), sent)
    assert answer.status == 200, answer.body.decode()
    return Answered(code, time.perf_counter() - begun)
