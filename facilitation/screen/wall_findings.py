"""On the wall: the route map, the links between the stages, what would help, role and expectation. As much as can be
read from ten metres; the rest stands on the map page."""

from facilitation import mismatch as comparison
from facilitation.barriers import barriers
from facilitation.bridges import bridges as bridges_of
from facilitation.bridges import route as way_of
from facilitation.conference import statements
from facilitation.roles import expectations
from facilitation.screen import bridge_picture, help_picture, role_picture, route_words, way_picture
from facilitation.screen.mapping import caption
from facilitation.screen.parts import Node, el
from facilitation.screen.route_picture import route_picture
from facilitation.screen.wall_view import Wall
from facilitation.statements import Statement

MOST_HELPS, MOST_DIFFERENCES = 4, 7
GOAL = "S7"


def route(wall: Wall) -> Node:
    """The route map, up to the scene the facilitator chose (`route:2`), else with all of them."""
    upto = wall.conference.show.partition(":")[2]
    scene = next((scene for scene in wall.conference.scenes if str(scene) == upto), 0)
    view = route_words.routes_of(wall.conference, scene)
    if not view.rows:
        return el("p.note", wall.say("map.empty"))
    until = route_words.until_words(wall.conference, scene, wall.language)
    return el("div.route", route_picture(view, wall.language, until))


def bridges(wall: Wall) -> Node:
    """Where stages hold together, and the warmest way from the case's first agency to the peers."""
    said = _said(wall)
    view = bridges_of(said)
    way = way_of(said, wall.case.initial_agency, GOAL)
    return el(
        "div.finding",
        el("p.headline", bridge_picture.bridge_headline(view, wall.language)),
        bridge_picture.bridge_picture(view, wall.language),
        way_picture.way_picture(way, view.edges, wall.language),
        [el("p", sentence) for sentence in way_picture.way_sentences(way, wall.language)[:2]],
        caption(wall.language),
    )


def helps(wall: Wall) -> Node:
    """What would open most, and a question for next time."""
    view = barriers(_said(wall))
    asked = [el("p.question", help_picture.question(each, wall.language)) for each in view.open_questions[:1]]
    more = len(view.helps) - MOST_HELPS
    drawn = help_picture.help_picture(view.helps[:MOST_HELPS], wall.language)
    return el(
        "div.finding",
        drawn if view.helps else el("p.note", wall.say("help.no_helps")),
        el("p.muted", wall.say("help.more", n=more)) if more > 0 else None,
        asked,
        caption(wall.language),
    )


def mismatch(wall: Wall) -> Node:
    """Role and expectation, strengths that are not known first; where room is short, what differs most."""
    view = comparison.mismatch(expectations(wall.conference))
    shown = role_picture.in_order(view, wall.conference.types)
    if not shown:
        return el("p.note", role_picture.role_sentences((), len(view.hidden), wall.language)[0])
    kept = _kept(shown)
    more = len(shown) - len(kept)
    return el(
        "div.finding",
        role_picture.role_picture(kept, wall.language),
        el("p.muted", wall.say("help.more", n=more)) if more > 0 else None,
        caption(wall.language),
    )


def _kept(shown: list[comparison.Difference]) -> list[comparison.Difference]:
    """What differs most, in the order it came in."""
    first = sorted(shown, key=lambda each: -abs(each.difference))[:MOST_DIFFERENCES]
    return [each for each in shown if each in first]


def _said(wall: Wall) -> tuple[Statement, ...]:
    return statements(wall.conference.cards.values(), texts=False)
