"""From the bytes of a case file to its table: what is hostile or broken is refused before anything is built (F17).

`tomllib` needs seconds for a key of ten thousand parts and stops at deep brackets with a RecursionError (measured), so
the text is counted first: size, lines, nesting, nodes, string lengths. All of it reads the text once.
"""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from facilitation.scenario_problem import WHOLE, Problem, found

MOST_BYTES = 200_000
MOST_LINES = 2_000
MOST_NODES = 1_500
MOST_ROWS = 30
MOST_ESCAPES = 2_000
DEEPEST = 12
LONGEST_STRING = 2_000
MOST_REPEATS = 10
MOST_PARSED = 400_000

Table = dict[str, Any]

# Every part takes what is unclosed to its end: a token that could fail late would make the scan quadratic.
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)?'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)?"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_AT = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")
_CLASH = ("Cannot overwrite", "Cannot declare", "Cannot mutate", "Duplicate")
_HEADER = re.compile(r"^[ \t]*\[(\[?)([^\[\]\n]{1,80})\]", re.MULTILINE)
_KEY = re.compile(r"^[ \t]*([A-Za-z0-9_-]+)[ \t]*=", re.MULTILINE)


def table(content: str | bytes, most_rows: int = MOST_ROWS) -> tuple[Table | None, list[Problem]]:
    """The table of a case file and its problems so far; None where it could not be read to the end. No list in it is
    longer than `most_rows`."""
    text = _text(content)
    if isinstance(text, Problem):
        return None, [text]
    hostile = list(_crowded(text)) or list(_hostile(text))
    return (None, hostile) if hostile else _parsed(text, most_rows)


def _text(content: str | bytes) -> str | Problem:
    """The text, if it is short enough and UTF-8 (with or without the mark that Windows puts first)."""
    if len(content) > MOST_BYTES:
        return found(WHOLE, "too_big", limit=MOST_BYTES // 1000)
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    if len(data) > MOST_BYTES:
        return found(WHOLE, "too_big", limit=MOST_BYTES // 1000)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return found(f"line {line}", "not_utf8")


def _crowded(text: str) -> Iterator[Problem]:
    """More lines or escapes than an honest case has; counted before anything looks closer."""
    if text.count("\n") > MOST_LINES:
        yield found(WHOLE, "too_many_lines", limit=MOST_LINES)
    if text.count("\\") > MOST_ESCAPES:
        yield found(WHOLE, "too_many_escapes", limit=MOST_ESCAPES)


def _hostile(text: str) -> Iterator[Problem]:
    """Longer strings, more nodes or deeper nesting than an honest case has."""
    for token in _STRING.finditer(text):
        if token.end() - token.start() > LONGEST_STRING and token[0][0] != "#":
            yield found(f"line {_line(text, token.start())}", "string_too_long", limit=LONGEST_STRING)
    bare = _STRING.sub('"', text)
    if sum(map(bare.count, "=,[{")) > MOST_NODES:
        yield found(WHOLE, "too_many_nodes", limit=MOST_NODES)
    elif _depth(bare) > DEEPEST or any(line.count(".") > DEEPEST for line in bare.split("\n")):
        yield found(WHOLE, "too_deep", limit=DEEPEST)


def _depth(bare: str) -> int:
    """The deepest nesting of brackets in a text without strings and comments; a header alone counts two."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", bare):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _parsed(text: str, most_rows: int) -> tuple[Table | None, list[Problem]]:
    """The table; a key written twice is noted and left out, so that what follows it is checked as well."""
    problems: list[Problem] = []
    for _ in range(min(MOST_REPEATS, MOST_PARSED // (len(text) + 1))):
        try:
            return _short(tomllib.loads(text), problems, most_rows)
        except (ValueError, RecursionError) as error:
            problem, start, end = _syntax(text, str(error))
            problems.append(problem)
            if start < 0:
                break
            text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
    return None, problems


def _short(rows: Table, problems: list[Problem], most: int) -> tuple[Table | None, list[Problem]]:
    """The table unless one of its lists is so long that each row would only add to the same complaint."""
    long = [found(place, "too_long", max_length=most) for place in _long(rows, "", most)]
    return (None if long else rows), problems + long


def _long(value: Any, place: str, most: int) -> Iterator[str]:
    """The places of lists that are longer than any of a case."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _long(part, f"{place}.{key}" if place else key, most)
    elif isinstance(value, list):
        if len(value) > most:
            yield place
        for i, part in enumerate(value[:most], 1):
            yield from _long(part, f"{place}[{i}]", most)


def _syntax(text: str, message: str) -> tuple[Problem, int, int]:
    """What the parser stopped at, and the stretch of text to leave out (-1, -1: reading ends here)."""
    at = _AT.search(message)
    if at is None:
        return found(WHOLE, "syntax_end" if message.endswith("(at end of document)") else "syntax_value"), -1, -1
    line, column = int(at[1]), int(at[2])
    if not message.startswith(_CLASH):
        return found(f"line {line}", "syntax", line=line, column=column), -1, -1
    if text.split("\n")[line - 1].lstrip().startswith("["):
        return found(f"line {line}", "heading", line=line), -1, -1
    start, end = _statement(text, line)
    if start < 0 or not message.startswith("Cannot overwrite"):
        return found(f"line {line}", "twice", line=line), -1, -1
    return found(_place(text, start), "twice", line=line), start, end


def _statement(text: str, line: int) -> tuple[int, int]:
    """Start and end of the `key = value` that ends in `line`; -1 where none is seen."""
    lines = text.split("\n")
    end = sum(len(one) + 1 for one in lines[:line]) - 1
    keys = [match.start() for match in _KEY.finditer(text, 0, end)]
    return (keys[-1], end) if keys else (-1, -1)


def _place(text: str, start: int) -> str:
    """The place of the key at `start`, worked out from the headers above it."""
    headers = [(match[1], match[2].strip()) for match in _HEADER.finditer(text, 0, start)]
    key = _KEY.match(text, start)
    name = key[1] if key else ""
    if not headers:
        return name
    many, header = headers[-1]
    return f"{header}[{headers.count((many, header))}].{name}" if many else f"{header}.{name}"


def _line(text: str, position: int) -> int:
    """The line of a position, from 1."""
    return text.count("\n", 0, position) + 1
