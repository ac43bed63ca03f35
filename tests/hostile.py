"""A house in which every field that people can fill holds something hostile (`hostile.toml`), each with a number of
its own (`§17§`), so that it can be looked for: where it stands, whether it is whole, and what was made of it.

Which fields there are is asked of the code (`log_shape`): one that nothing is typed into here is found missing.
"""

import re
import tomllib
from functools import partial
from pathlib import Path

from meeting import FACILITATOR, LOG, ONE, ORGANISER, THREE, TWO, TYPES, hosted
from polled import event

from facilitation import advice, cards, care, commands, limits, sharing, survey_answering, survey_texts
from facilitation import survey_commands as polls
from facilitation.access import Who
from facilitation.log_shape import SHAPES, _text
from facilitation.path import LINKS, STAGES
from facilitation.scenario import Case
from facilitation.survey_items import STANDARD

CORPUS = tuple(
    text
    for kinds in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).values()
    for text in kinds.values()
)
MARK = re.compile(r"§(\d+)§")
REFUSED_IN_CASES = "\t\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs for which a case file is refused: it is read aloud."""

ADVISER = "advisr"
DOCTOR = Who("adviser", ADVISER, "")
POLLED = "HHHHHH"
SURVEY = f"survey-2024-03-01-{POLLED}"
"""The survey of the conference, and its code."""

NO_WORDS = frozenset(
    (
        *(
            "known",
            "code",
            "secret",
            "case",
            "variant",
            "case_version",
            "lead_key",
            "adviser_code",
            "adviser_key",
            "date",
        ),
        *("seat", "card", "note", "step", "about", "respondent", "survey", "conference", "kind", "form", "item"),
        *("show", "field", "beside", "paper", "way", "theme"),
    )
)
"""Fields of text that the app fills: codes, keys, ids, names of things it knows."""

TYPED = frozenset(
    (kind, name.removesuffix("?"))
    for kind, shape in SHAPES.items()
    for name, check in shape.items()
    if check is _text and name.removesuffix("?") not in NO_WORDS
) | {("venue_set", "survey")}
"""Every field of a log that holds what a person typed."""


class Hostile:
    """Hands out the texts, one after the other, each with its number; and knows them again."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, most: int = limits.STATEMENT, unfit: str = "") -> str:
        """The next text that fits into `most` characters and holds none of the `unfit` ones."""
        n = len(self.texts)
        following = (CORPUS[(n + more) % len(CORPUS)] for more in range(len(CORPUS)))
        fits = (f"§{n}§{text}" for text in following if not set(unfit) & set(text))
        text = next(text for text in fits if len(text) <= most)
        self.texts.append(text)
        return text

    def whole(self, found: str) -> list[str]:
        """Of the texts whose numbers stand in `found` those that do not stand there as they were typed."""
        return [self.texts[int(n)] for n in MARK.findall(found) if self.texts[int(n)] not in found]


def case_of(case: Case, text: Hostile) -> Case:
    """A case in which every text is hostile; ids, codes and numbers stay."""
    known = {scene.title for scene in case.scenes} | {case.title, case.type_of_link}

    def turned(value):
        if isinstance(value, str):
            return text(unfit=REFUSED_IN_CASES) if value in known or not value.isascii() or " " in value else value
        if isinstance(value, dict):
            return {name: turned(each) for name, each in value.items()}
        return [turned(each) for each in value] if isinstance(value, list | tuple) else value

    return Case.model_validate(turned(case.model_dump(by_alias=True)))


def opened(here, text: Hostile) -> None:
    """The conference with everything typed that those who lead can type."""
    hosted(
        here,
        title=text(),
        region=text(),
        prepared={"adviser": text(limits.ROLE), "contacts": text(), "notice": True},
        scene=0,
    )
    here.send(LOG, care.name_adviser, FACILITATOR, adviser=text(limits.ROLE))
    here.send(LOG, care.tell_notice, FACILITATOR)
    fields = ("address", "wifi", "wifi_key", "person", "room", "contacts", "survey", "lecture", "next_date")
    here.send(LOG, commands.set_venue, FACILITATOR, **{name: text() for name in fields})
    for kind in TYPES:
        for field in ("role", "strong", "hard", "need"):
            here.send(LOG, sharing.write_hint, FACILITATOR, type=kind, field=field, text=text())


def evening(here, text: Hostile) -> None:
    """What tables and advisers type."""
    step(here, next(i for i, each in enumerate(here.conference(LOG).steps) if each.scene == 1))
    for n in range(len(CORPUS) // 3 + 1):
        fields = {"scene": 1, "type": TYPES[n % 8], "stage": tuple(STAGES)[n % 8]}
        fields |= {name: text() for name in ("can", "hard", "help")}
        here.send(LOG, cards.write_card, (ONE, TWO)[n % 2], card=f"card-{n:04}", fields=fields)
        here.send(LOG, advice.star, FACILITATOR, card=f"card-{n:04}", starred=True)
    doctor = Who("adviser", ADVISER, text(limits.ROLE))
    places = ["", "scene:1", *(f"stage:{stage}" for stage in STAGES), *("bridge:" + "-".join(link) for link in LINKS)]
    for place in [*places, "cell:HC:S3"]:
        here.send(LOG, advice.comment, doctor, note=advice.own_note(doctor, place), about=place, text=text())
    for who in (ONE, TWO, THREE):
        here.send(LOG, commands.set_table, who, people=dict.fromkeys(TYPES, 1))
        for kind in TYPES:
            here.send(LOG, commands.write_line, who, type=kind, text=text(limits.LINE))
            fields = {"step": f"step-{who.seat}-{kind.lower()}".replace("_", "-"), "type": kind, "to": "MED"}
            here.send(LOG, sharing.write_next_step, who, **fields, text=text(limits.STATEMENT_ADVISED))
    for who, about in ((ONE, 2), (TWO, 3)):
        here.send(LOG, sharing.review_map, who, note=f"note-{who.seat}", about=about, text=text())
    here.send(LOG, sharing.make_pick, ONE, help=here.conference(LOG).cards["card-0000"].help)


def step(here, at: int) -> None:
    here.send(LOG, commands.open_step, FACILITATOR, step=at, base=here.conference(LOG).step_revision)


def polled(here, text: Hostile) -> None:
    """The survey with its name, its questions in other words and of their own, and free answers; six are published."""

    def send(verb, **fields):
        return here.surveys.send(SURVEY, verb, ORGANISER, **fields)

    one_line = partial(text, unfit="\t\u3000")  # as questions and quotations are: blanks of any kind are one
    send(polls.open_survey, **event(conference=LOG, code=POLLED, title=text(), region=text()))
    here.send(LOG, polls.link_survey, ORGANISER, survey=SURVEY)
    for item, options in (("Q1", 0), ("T1", 0), ("T5", len(STANDARD.items["T5"].options))):
        words = {
            "words": (one_line(120), one_line(120)),
            "options": [(one_line(60), one_line(60)) for _ in range(options)],
        }
        send(polls.change_items, change="reword", item=item, **words)
    own = {"kind": "case_conference", "forms": ["post"], "type": "single", "words": (one_line(120), one_line(120))}
    send(polls.change_items, change="add", **own, options=[(one_line(60), one_line(60)) for _ in range(3)])
    send(polls.open_form, form="post")
    for n, code in enumerate(send(polls.draw_codes, count=len(CORPUS)).entries[0].body["codes"]):
        answers = [
            ["A1", "", "HC"],
            ["Q1", "", 4],
            ["T1", "", one_line(200)],
            ["T2", "", one_line(200)],
            ["T5", "", "T5_1"],
        ]
        sheet = {"form": "post", "code": code, "answers": answers, "key": f"answer-{n:04}"}
        here.surveys.send(SURVEY, survey_answering.answer, Who("guest"), **sheet)


def published(here, text: Hostile) -> None:
    """Most free answers read and released, some in other words; the form counted out."""
    here.surveys.send(SURVEY, polls.close_form, ORGANISER, form="post")
    for n, said in enumerate(survey_texts.written(here.surveys.survey(SURVEY))):
        if n % 7 == 0:
            continue
        other = {"text": text(200, unfit="\t\u3000")} if n % 5 == 0 else {}
        fields = {"sheet": said.sheet, "item": said.item, "theme": f"QT{n % 9 + 1}", "sure": True, **other}
        here.surveys.send(SURVEY, survey_texts.decide_text, ORGANISER, **fields)
    here.surveys.send(SURVEY, polls.release_results, ORGANISER, form="post")


def everything(here) -> Hostile:
    """All of it, in a house whose second case is hostile as well."""
    text = Hostile()
    case = {language: case_of(case, text) for language, case in here.cases["case2"].items()}
    here.cases = {**here.cases, "case2": case}
    opened(here, text)
    evening(here, text)
    polled(here, text)
    published(here, text)
    return text
