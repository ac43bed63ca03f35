"""The findings of the map page, each told first, then drawn, then as a table for screen readers and for print."""

from collections.abc import Iterable, Sequence

from facilitation.barriers import barriers
from facilitation.bridges import bridges, route
from facilitation.conference import Conference
from facilitation.coverage import by_track
from facilitation.dependence import dependence
from facilitation.mismatch import mismatch
from facilitation.roles import expectations
from facilitation.route_map import RouteMap
from facilitation.scenario import Case
from facilitation.screen import (
    bridge_picture,
    dependence_picture,
    help_picture,
    role_picture,
    route_words,
    track_picture,
    way_picture,
)
from facilitation.screen.mapping import caption
from facilitation.screen.parts import Node, el
from facilitation.screen.route_picture import route_picture
from facilitation.statements import Statement
from facilitation.texts import say

Said = Sequence[Statement]
GOALS = ("S7", "S6")
"""Where the ways lead: to peers, and to specialists (C4)."""


def finding(title: str, told: Iterable[str], picture: Node | None, table: Node | None, language: str) -> Node:
    """Sentences, picture, table, in this order."""
    sentences = [el("li", sentence) for sentence in told]
    return el(
        "section.finding",
        el("h2", title),
        el("ul.told", sentences) if sentences else None,
        el("div.wide", picture) if picture else None,
        as_table(table, language),
    )


def as_table(table: Node | None, language: str) -> Node | None:
    """A table folded away."""
    return el("details.as-table", el("summary", say(language, "route.table")), el("div.wide", table)) if table else None


def routes(view: RouteMap, language: str, until: str) -> Node:
    """The route map with its words."""
    if not view.rows:
        return el("p.empty", say(language, "map.empty"))
    return el(
        "section.finding",
        el("h2", say(language, "route.title")),
        route_words.sentences(view, language),
        el("div.wide", route_picture(view, language, until)),
        as_table(route_words.table(view, language), language),
    )


def routes_in_full(conference: Conference, language: str) -> Node:
    """The route map of the whole conference with its table beside it, for paper."""
    view = route_words.routes_of(conference)
    drawn = route_picture(view, language, route_words.until_words(conference, 0, language))
    return el("div", drawn, route_words.table(view, language))


def between(said: Said, case: Case, language: str) -> list[Node]:
    """Bridges, the way to peers and specialists, the entrance to the peers, single types, the case's own paths."""
    drawn = bridges(said)
    return [
        finding(
            say(language, "bridge.title"),
            bridge_picture.bridge_sentences(drawn, language),
            bridge_picture.bridge_picture(drawn, language),
            bridge_picture.bridge_table(drawn, language),
            language,
        ),
        _ways(said, case, language),
        _peers(said, language),
        _alone(said, language),
        _chains(case, language),
        caption(language),
    ]


def _ways(said: Said, case: Case, language: str) -> Node:
    edges = bridges(said).edges
    ways = [route(said, case.initial_agency, goal) for goal in GOALS]
    ways.sort(key=lambda way: not way.path)
    told = [sentence for way in ways for sentence in way_picture.way_sentences(way, language)]
    pictures = [way_picture.way_picture(way, edges, language) for way in ways]
    drawn = el("div", pictures) if any(pictures) else None
    title = say(language, "way.title")
    return finding(title, dict.fromkeys(told), drawn, way_picture.way_table(ways, language), language)


def _peers(said: Said, language: str) -> Node:
    peers = bridges(said).entry_to_peer
    told = way_picture.peer_sentences(peers, language)
    return finding(say(language, "way.peers_title"), told, way_picture.peer_picture(peers, language), None, language)


def _alone(said: Said, language: str) -> Node:
    rests = dependence(said)
    told = dependence_picture.dependence_sentences(rests, language)
    drawn = dependence_picture.dependence_picture(rests, language)
    return finding(
        say(language, "alone.title"), told, drawn, dependence_picture.dependence_table(rests, language), language
    )


def _chains(case: Case, language: str) -> Node:
    drawn = [way_picture.chain_picture(one, language) for one in case.chains]
    table = way_picture.chain_table(case.chains, language)
    told = [say(language, "way.chains_note")]
    return finding(say(language, "way.chains_title"), told, el("div.chains", drawn), table, language)


def helping(said: Said, language: str) -> list[Node]:
    """What would help and what it would open; why it is hard; the questions for next time."""
    view = barriers(said)
    no_helps = [] if view.helps else [say(language, "help.no_helps")]
    no_reasons = [] if view.barriers else [say(language, "help.no_barriers")]
    asked = help_picture.questions(view.open_questions, language)
    return [
        finding(
            say(language, "step.helps"),
            no_helps,
            help_picture.help_picture(view.helps, language) if view.helps else None,
            help_picture.help_table(view.helps, language) if view.helps else None,
            language,
        ),
        finding(
            say(language, "help.barriers"),
            no_reasons,
            help_picture.barrier_picture(view, language),
            help_picture.barrier_table(view, language),
            language,
        ),
        finding(
            say(language, "help.questions"),
            [] if asked else [say(language, "help.no_questions")],
            asked,
            None,
            language,
        ),
        caption(language),
    ]


def roles(conference: Conference, language: str) -> Node:
    """Role and expectation, of the whole room."""
    view = mismatch(expectations(conference))
    shown = role_picture.in_order(view, conference.types)
    told = role_picture.role_sentences(shown, len(view.hidden), language)
    return el(
        "section.finding",
        finding(
            say(language, "roles_map.title"),
            told,
            role_picture.role_picture(shown, language) if shown else None,
            role_picture.role_table(shown, language),
            language,
        ),
        el("p.muted", say(language, "roles_map.whole")),
        caption(language),
    )


def tracks(said: Said, language: str, types: Sequence[str]) -> list[Node]:
    """The sides of support, and safety with its question; `said` with its texts."""
    view = by_track(said)
    table = el("div.wide", track_picture.track_picture(view, language, types))
    return [
        el("section.finding", el("h2", say(language, "tracks.title")), table),
        track_picture.safety(view.safety, language),
        caption(language),
    ]
