"""On the tablet: what changes while a table works. The scene, the card form, the table's own map, the clock.

All of it is drawn with the page; and where nothing else has changed, the device fetches it (`fresh_parts`) and draws it
by itself, without a run of the page. Both come from the same functions. What the tablets of a table see alike is worked
out once.
"""

from typing import Any

from facilitation import care, coverage, limits, written
from facilitation.audience import AT_WORK
from facilitation.conference import Card, Conference, statements
from facilitation.path import ACTS, BARRIERS, HANDOVERS, HELPS, STAGES, TRACKS
from facilitation.scenario import Case
from facilitation.screen import mapping
from facilitation.screen.boxes import boxes
from facilitation.screen.clock import timer_of
from facilitation.screen.parts import Node, beside, el, packed, painted, picture, writer
from facilitation.screen.shared import shared
from facilitation.screen.table import Table, type_of, words_of
from facilitation.texts import say


@shared
def fresh_parts(conference: Conference, group: int, case: Case, fiction: frozenset[str]) -> bytes:
    """The parts a table's tablets see alike, as they are now; a page that shows more than these has to run."""
    given: dict[str, Any] = {"here": [step_name(conference, case)]}
    if group in conference.rules and conference.types_at(group):
        given |= {name: [draw(conference, case)] for name, draw in TOLD.items()}
        given |= {"own-map": [_own_map(conference, group, case.language)]}
        given |= {"form": _moving(conference, group, case, fiction)}
    return packed(given)


def step_name(conference: Conference, case: Case) -> str:
    """The open step in words; a scene by its place in this conference and its title."""
    here = conference.here
    if not here.scene:
        return say(case.language, f"step.{here.kind}")
    of = sum(1 for step in conference.steps if step.scene)
    number = say(case.language, "scene.number", n=_number(conference, here.scene), of=of)
    return f"{number}　{case.scenes[here.scene - 1].title}"


def _number(conference: Conference, scene: int) -> int:
    """A scene's place in this conference, from 1; a variant that skips scenes numbers its own."""
    return [step.scene for step in conference.steps if step.scene].index(scene) + 1


def clock(conference: Conference, spent: float, spoken: str) -> Node | None:
    """The open step's clock, where it has one."""
    if not care.shows_clock(conference):
        return None
    return el(
        "div.clock",
        el("span.part", el("span", data_show="part")),
        el("span.time", data_show="left"),
        timer=timer_of(conference, spent, spoken),
        role="timer",
    )


# A run must look new even where it says what the run before it said, for parts may have been fetched in between: hence
# `data_at` and `at` below.


def told(table: Table) -> None:
    """What the scene tells and asks; before the first one, that it is coming."""
    picture(_told(table.conference, table.case), key="told")


@shared
def _told(conference: Conference, case: Case) -> bytes:
    parts = [el("div", draw(conference, case), data_part=name) for name, draw in TOLD.items()]
    return painted(el("div.told", parts, data_at=conference.revision))


def _waiting(conference: Conference, case: Case) -> Node | None:
    kind, spoken = conference.here.kind, case.language
    if conference.scenes or conference.ended or kind == "introductions":
        return None
    words = [el("p", say(spoken, "tablet.look")), el("p.muted", say(spoken, "tablet.before"))]
    if conference.sensitive:
        words.append(el("p.question", say(spoken, "care.told")))
    return el("section.card.waiting", el("h1.ask", say(spoken, f"step.{kind}")), words)


def _reveal(conference: Conference, case: Case) -> Node | None:
    if conference.here.kind != "reveal" or not conference.scenes:
        return None
    told = [el("p", line) for line in case.bridge(conference.variant, conference.here.position)]
    return el("section.card.reveal", el("h2", say(case.language, "tablet.reveal")), told)


def _scene(conference: Conference, case: Case) -> Node | None:
    if conference.here.kind not in AT_WORK or not conference.scenes:
        return None
    scene = case.scenes[conference.scene - 1]
    story = el("details", el("summary", say(case.language, "tablet.story")), el("p.story", scene.narrative))
    return el("section.case", el("p.question", scene.question), story)


TOLD = {"waiting": _waiting, "reveal": _reveal, "scene": _scene}


def own_map(table: Table) -> None:
    """The map of this table's own cards; open by itself where the timetable looks at maps."""
    picture(_map_of(table.conference, table.group, table.visitor.language), key="own-map")


@shared
def _map_of(conference: Conference, group: int, spoken: str) -> bytes:
    """Empty as long as there are no cards."""
    return painted(el("div", _own_map(conference, group, spoken), data_part="own-map", data_at=conference.revision))


def _own_map(conference: Conference, group: int, spoken: str) -> Node | None:
    own = conference.of_group(group)
    looking = conference.here.kind in ("break", "table_check")
    view = coverage.coverage(statements(own, texts=False))
    if not own:
        return None
    return el(
        "details.own-map",
        el("summary", say(spoken, "tablet.own_map")),
        el("div.wide", mapping.by_type(view, spoken, view.present)),
        mapping.legend(spoken),
        mapping.sentences(view, spoken),
        mapping.caption(spoken),
        open=looking,
        data_key="open" if looking else "",
    )


def card_form(table: Table) -> None:
    """Three fields, the speaker one tap away, and the cards of this table; it hides until the first scene is open."""
    conference = table.conference
    own = {**table.sender(), "at": conference.revision}
    writer(beside(own, _form_of(conference, table.group, table.case, table.fiction)), key="writer")


@shared
def _form_of(conference: Conference, group: int, case: Case, fiction: frozenset[str]) -> bytes:
    """What the card form of every device of a table is given."""
    spoken, here = case.language, conference.types_at(group)
    codes = [code for code in conference.types if code not in here]
    return packed(
        {
            "words": words_of(spoken),
            "types": [type_of(code, spoken) for code in here],
            "others": [type_of(code, spoken) for code in codes],
            "stages": [{"code": stage.code, "name": stage.short(spoken)} for stage in STAGES.values()],
            "handovers": [
                {"code": h.code, "name": h.name(spoken), "consent": h.needs_consent} for h in HANDOVERS.values()
            ],
            **{
                name: [{"code": term.code, "name": term.name(spoken)} for term in terms.values()]
                for name, terms in (("tracks", TRACKS), ("reasons", BARRIERS), ("helps", HELPS), ("acts", ACTS))
            },
            **_moving(conference, group, case, fiction),
            "ended": conference.ended,
            "limit": limits.STATEMENT,
            "advised": limits.STATEMENT_ADVISED,
        }
    )


def _moving(conference: Conference, group: int, case: Case, fiction: frozenset[str]) -> dict[str, Any]:
    """Of the card form, what changes while a table works."""
    return {
        "scene": conference.scene,
        "scenes": [
            {
                "n": n,
                "title": case.scenes[n - 1].title,
                "place": say(case.language, "scene.short", n=_number(conference, n)),
                "stage": case.scenes[n - 1].stages[0],
            }
            for n in conference.scenes
        ],
        "cards": [_card(conference, card, case.language, fiction) for card in conference.of_group(group)],
        "ready": conference.ready.get(group, -1) == conference.step,
    }


def _card(conference: Conference, card: Card, spoken: str, fiction: frozenset[str]) -> dict[str, Any]:
    names = (
        "id",
        "revision",
        "scene",
        "type",
        "stage",
        "can",
        "hard",
        "help",
        "reason",
        "help_code",
        "handover",
        "to",
        "consent",
        "hidden",
    )
    fields = {name: getattr(card, name) for name in names}
    said = boxes(conference, written.card(card.id), (card.can, card.hard, card.help), fiction, spoken)
    return {**fields, "tracks": list(card.tracks), "acts": list(card.acts), "beside": card.beside, "boxes": said}
