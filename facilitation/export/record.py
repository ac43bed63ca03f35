"""The printable record of a conference: one HTML file that needs nothing else. What is held back stays out."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from facilitation import care, checking, coverage, remarks
from facilitation.agencies import AGENCIES
from facilitation.calendar import shown_date
from facilitation.code import shown
from facilitation.conference import Card, Conference, statements
from facilitation.export.markup import Node, markup
from facilitation.path import HANDOVERS, STAGES
from facilitation.scenario import Case
from facilitation.texts import say

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)

FIELDS = ("can", "hard", "help")


def record(conference: Conference, case: Case, language: str, route: Node | None = None) -> str:
    """The record as HTML. Statements stand by scene and agency type, without group or seat; every word that people
    typed is escaped. `route` is the route map, drawn and as a table."""
    kept = checking.cards(conference, language)
    said = statements(conference.cards.values(), texts=False)
    return PAGES.get_template("record.html").render(
        say=lambda key, **params: say(language, key, **params),
        language=language,
        conference=conference,
        case=case,
        code=shown(conference.code),
        date=shown_date(conference.date, language),
        who=_who(conference, language),
        map=coverage.coverage(said),
        groups=coverage.by_group(said),
        rows=[(AGENCIES[code], code) for code in conference.types],
        stages=STAGES,
        route=Markup(markup(route)) if route else None,
        scenes=_scenes(conference, case, kept, language),
        starred={card.id for card in remarks.quotes(conference)},
        advice=_advice(conference, case, language),
        lines=_lines(conference, language),
        picks=_picks(conference, language),
        steps=[
            (AGENCIES[step.type].short(language), AGENCIES[step.to].short(language), step.text)
            for step in checking.steps(conference, language)
        ],
        held=sum(card.hidden and card.readable for card in conference.cards.values()),
        joined=lambda codes: ("、" if language == "ja" else ", ").join(
            AGENCIES[code].short(language) for code in codes
        ),
        signs={2: "◎", 1: "△", 0: say(language, "map.hard_sign")},
    )


def _who(conference: Conference, language: str) -> list[tuple[str, int]]:
    counted = {code: sum(table.get(code, 0) for table in conference.people.values()) for code in conference.types}
    return [(AGENCIES[code].short(language), n) for code, n in counted.items() if n]


def _picks(conference: Conference, language: str) -> list[tuple[int, str, str, str]]:
    """(group, strength, gap, what would help) of the tables that chose."""
    short = {"": ""} | {code: stage.short(language) for code, stage in STAGES.items()}
    picks = sorted(conference.picks.items())
    return [(n, short[p.strength], short[p.gap], conference.picked_help(n)) for n, p in picks]


def _lines(conference: Conference, language: str) -> list[tuple[str, str]]:
    return [(AGENCIES[code].short(language), text) for (_, code), text in checking.lines(conference, language).items()]


def _advice(conference: Conference, case: Case, language: str) -> list[tuple[str, str, str]]:
    """(role, what it is about, words) of every comment, in the order they were written."""
    return [
        (remarks.role(note, language), remarks.place(note.about, conference, case, language), note.text)
        for note in reversed(remarks.remarks(conference, language))
    ]


def _scenes(
    conference: Conference, case: Case, cards: list[Card], language: str
) -> list[tuple[int, str, list[tuple[str, list[dict[str, str]]]]]]:
    """(place, title, [(agency type, cards)]) for every scene that was opened; where a case asks for care, all cards of
    a scene by stage, under nobody's name."""
    numbers = [step.scene for step in conference.steps if step.scene]
    found = []
    for scene in conference.scenes:
        here = [card for card in cards if card.scene == scene]
        place, title = numbers.index(scene) + 1, case.scenes[scene - 1].title
        if not care.names_speakers(conference):
            by_stage = sorted(here, key=lambda card: card.stage)
            found.append((place, title, [("", [_row(card, language) for card in by_stage])]))
            continue
        types = [code for code in AGENCIES if any(card.type == code for card in here)]
        by_type = [
            (AGENCIES[code].short(language), [_row(c, language) for c in here if c.type == code]) for code in types
        ]
        found.append((place, title, by_type))
    return found


def _row(card: Card, language: str) -> dict[str, str]:
    link = ""
    if card.to and card.handover:
        link = f"→ {AGENCIES[card.to].short(language)}（{HANDOVERS[card.handover].name(language)}）"
    said = {name: getattr(card, name) for name in FIELDS}
    return {"id": card.id, "stage": STAGES[card.stage].short(language), "link": link, **said}
