"""Answers whose results were worked out by hand (C8-C11, C14), and answers as a sheet."""

import csv
import io
from collections.abc import Iterable, Mapping

from facilitation.survey_items import Answer

HEADS = ("respondent", "when", "item", "option", "value")


def people(sizes: Mapping[str, int]) -> list[Answer]:
    """So many people of each agency type: HC1, HC2 …"""
    return [
        Answer(f"{agency}{n}", "pre", "A1", "", agency) for agency, size in sizes.items() for n in range(1, size + 1)
    ]


def scale(item: str, when: str, values: Iterable[int], who: Iterable[str] = ()) -> list[Answer]:
    """Levels of one question, by people p1, p2 … or those named."""
    names = list(who)
    return [Answer(names[n] if names else f"p{n + 1}", when, item, "", value) for n, value in enumerate(values)]


def ticked(item: str, when: str, about: str, numbers: Mapping[str, tuple[int, int]]) -> list[Answer]:
    """Of each type the first so many of so many people tick `about`, the others leave it blank."""
    return [
        Answer(f"{agency}{n}", when, item, about, int(n <= yes))
        for agency, (yes, of) in numbers.items()
        for n in range(1, of + 1)
    ]


LIKERT = scale("Q1", "post", [5] * 9 + [4] * 12 + [3] * 4 + [2] * 2 + [1] + [0] * 2)
"""C10, and two people who gave no answer."""

SHIFT = [
    *scale("P3", "pre", [2, 3, 2, 4, 3, 1, 3, 2]),
    *scale("P3", "post", [4, 4, 3, 4, 5, 2, 3, 4]),
]
"""C9."""

NETWORK = [
    *people({"HC": 6, "CITY_CHILD": 5, "REC": 5}),
    *ticked("K_F", "pre", "CITY_CHILD", {"HC": (3, 6), "REC": (0, 5)}),
    *ticked("K_F", "pre", "REC", {"HC": (1, 6), "CITY_CHILD": (0, 5)}),
    *ticked("K_F", "pre", "HC", {"CITY_CHILD": (2, 5), "REC": (2, 5)}),
    *ticked("K_F", "post", "CITY_CHILD", {"HC": (5, 6), "REC": (3, 5)}),
    *ticked("K_F", "post", "REC", {"HC": (4, 6), "CITY_CHILD": (3, 5)}),
    *ticked("K_F", "post", "HC", {"CITY_CHILD": (4, 5), "REC": (4, 5)}),
]
"""C8."""

FOLLOW_UP = [
    *people({"HC": 15, "CITY_CHILD": 15}),
    *(Answer(f"HC{n}", "follow", "W1", "", "W1_1" if n <= 11 else "W1_3") for n in range(1, 16)),
    *(Answer(f"CITY_CHILD{n}", "follow", "W1", "", "W1_4") for n in range(1, 4)),
]
"""C14: 30 invited, 18 answered, 11 got in touch."""

USUAL = {"CSC": 3, "HC": 4, "MED": 4, "MED_ADD": 3, "SHG": 3, "REC": 3, "CONSULT": 3, "DEBT": 1}
"""A usual conference: of no agency type are there five people, of three broad categories there are."""


def usual() -> list[Answer]:
    """Everybody agrees with Q1; before nobody, after every third knows a face at each of the other agencies."""
    names = {agency: [f"{agency}{n}" for n in range(1, size + 1)] for agency, size in USUAL.items()}
    everybody = [name for of_type in names.values() for name in of_type]
    ticks = [
        Answer(name, when, "K_F", about, int(when == "post" and n % 3 == 0))
        for when in ("pre", "post")
        for agency, of_type in names.items()
        for n, name in enumerate(of_type)
        for about in USUAL
        if about != agency
    ]
    return [*people(USUAL), *scale("Q1", "post", [4] * len(everybody), everybody), *ticks]


EVERYBODY: list[Answer] = [*LIKERT, *SHIFT, *NETWORK, *FOLLOW_UP]


def as_csv(answers: Iterable[Answer]) -> bytes:
    """The sheet of answers with English headings."""
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(HEADS)
    sheet.writerows((each.respondent, each.when, each.item, each.option, each.value) for each in answers)
    return written.getvalue().encode()
