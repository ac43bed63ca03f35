"""The route map in words: sentences, the strengths first; all its hand-overs as a table; scene by scene."""

from collections.abc import Iterable

from facilitation.agencies import AGENCIES
from facilitation.conference import Card, Conference, statements
from facilitation.path import HANDOVERS, STAGES
from facilitation.route_map import RouteMap, Transfer, route_map
from facilitation.screen.parts import Node, el
from facilitation.texts import say


def routes_of(conference: Conference, upto: int = 0, group: int = 0) -> RouteMap:
    """The map up to the scene `upto` (0: all) of one group (0: all). Who comes in later has a row from the start, so
    that nothing jumps while it grows."""
    cards = [card for card in conference.cards.values() if card.readable and group in (0, card.group)]
    present = {card.type for card in cards}
    return route_map(statements(until(conference, cards, upto), texts=False), conference.types, keep=present)


def until(conference: Conference, cards: Iterable[Card], upto: int) -> list[Card]:
    """The cards of the scenes opened up to `upto`; all where it was never opened."""
    scenes = conference.scenes
    if upto not in scenes:
        return list(cards)
    return [card for card in cards if card.scene in scenes[: scenes.index(upto) + 1]]


def until_words(conference: Conference, upto: int, language: str) -> str:
    """「場面2まで」: counted as this conference plays them."""
    numbers = [step.scene for step in conference.steps if step.scene]
    scene = upto if upto in conference.scenes else conference.scene
    return say(language, "route.until", n=numbers.index(scene) + 1) if scene in numbers else ""


def scene_words(conference: Conference, scene: int, language: str) -> str:
    """The name of a step of the replay; 0 is all of them."""
    return until_words(conference, scene, language) if scene else say(language, "route.all")


def sentences(view: RouteMap, language: str) -> Node:
    """Who carries how much, how people change over, and where it asks."""
    return el("ul.told", [el("li", sentence) for sentence in _told(view, language)])


def _told(view: RouteMap, language: str) -> Iterable[str]:
    carried = sum(status in ("covered", "single") for status in view.stages.values())
    yield say(language, "route.lines", types=sum(bool(row.stations) for row in view.rows), stages=carried)
    if view.transfers:
        warm = sum(each.count for each in view.transfers if each.warm)
        yield say(language, "route.links", warm=warm, cold=sum(each.count for each in view.transfers) - warm)
    else:
        yield say(language, "route.no_links")
    for run in view.gaps:
        stages = (STAGES[stage].short(language) for stage in run)
        yield say(language, "route.open", stages=("・" if language == "ja" else ", ").join(stages))


def table(view: RouteMap, language: str) -> Node | None:
    """Every hand-over, also those that found no room in the picture."""
    if not view.transfers:
        return None
    names = [el("th", say(language, f"route.{name}"), scope="col") for name in ("from", "stage", "to", "way", "count")]
    rows = [el("tr", [el("td", cell) for cell in _cells(each, language)]) for each in view.transfers]
    caption = el("caption", say(language, "route.title"))
    return el("table.plain", caption, el("thead", el("tr", names)), el("tbody", rows))


def _cells(each: Transfer, language: str) -> list[str]:
    ways = ("、" if language == "ja" else "; ").join(HANDOVERS[kind].name(language) for kind in each.kinds)
    start, end = (AGENCIES[code].short(language) for code in (each.start, each.end))
    return [start, STAGES[each.stage].short(language), end, ways, str(each.count)]
