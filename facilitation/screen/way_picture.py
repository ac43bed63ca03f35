"""The ways through the agencies: the warmest one to a stage, without whom it breaks off, the entrance to the peers, and
the case's own path (C4, C6). Low warmth is no failure."""

from collections.abc import Iterable, Sequence

from facilitation.agencies import AGENCIES
from facilitation.bridges import Edge, EntryToPeer, Route
from facilitation.chains import chain
from facilitation.path import HANDOVERS, STAGES
from facilitation.scenario import ANY, Chain
from facilitation.screen.parts import Node, el
from facilitation.texts import say

WARMEST = 3


def way_picture(way: Route, edges: Iterable[Edge], language: str) -> Node | None:
    """Agencies in the order of the way, the warmest hand-over between them; at its end the stage."""
    if not way.path:
        return None
    kinds = {(edge.start, edge.end): edge.kinds for edge in edges}
    links = [(end, _warmest(kinds[start, end])) for start, end in zip(way.path, way.path[1:], strict=False)]
    return el("div.way", _chip(way.path[0], language), _steps(links, language), _goal(way.goal, language))


def _steps(links: Iterable[tuple[str, str]], language: str) -> list[Node]:
    return [el("span", _step(kind, language), _chip(code, language)) for code, kind in links]


def _warmest(kinds: Iterable[str]) -> str:
    return max(kinds, key=lambda kind: (HANDOVERS[kind].warmth, kind))


def _chip(code: str, language: str) -> Node:
    if code == ANY:
        return el("span.chip", say(language, "way.any"))
    return el(f"span.chip.family-{AGENCIES[code].family}", AGENCIES[code].short(language))


def _step(kind: str, language: str) -> Node:
    """An arrow with its word; a cold one is dotted."""
    warm = HANDOVERS[kind].warmth >= 2
    return el("span.step" + ("" if warm else ".cold"), say(language, f"linking.{kind}"), " →")


def _goal(stage: str, language: str) -> Node:
    return el("span.goal", "◎ ", STAGES[stage].short(language))


def way_sentences(way: Route, language: str) -> list[str]:
    """What the way is like, and who cannot be missed on it."""
    ends = {"start": AGENCIES[way.start].short(language), "goal": STAGES[way.goal].short(language)}
    if not way.path:
        return [say(language, "way.unknown", **ends)]
    if len(way.path) == 1:
        return [say(language, "way.itself", **ends)]
    told = [say(language, "way.found", warmth=warmth_words(way.warmest, language), **ends)]
    cut = way.cut.get(way.warmest)
    if cut:
        told.append(say(language, "way.cut", types=_types(cut, language)))
    elif cut == () and len(way.path) > 2:
        told.append(say(language, "way.no_cut"))
    return told + ([say(language, "way.careful")] if way.warmest < WARMEST else [])


def warmth_words(warmth: int, language: str) -> str:
    """「連絡（2）」."""
    return say(language, f"warmth.{warmth}")


def _types(codes: Sequence[str], language: str) -> str:
    return ("、" if language == "ja" else ", ").join(AGENCIES[code].short(language) for code in codes)


def way_table(ways: Iterable[Route], language: str) -> Node:
    """Goal, way, warmth and who cannot be missed."""
    names = [el("th", say(language, f"way.{name}"), scope="col") for name in ("goal", "path", "warmth", "missed")]
    rows = [el("tr", [el("td", cell) for cell in _cells(way, language)]) for way in ways]
    return el("table.plain", el("caption", say(language, "way.title")), el("thead", el("tr", names)), el("tbody", rows))


def _cells(way: Route, language: str) -> list[str]:
    path = " → ".join(AGENCIES[code].short(language) for code in way.path) or "–"
    warmth = warmth_words(way.warmest, language) if way.path else "–"
    return [STAGES[way.goal].short(language), path, warmth, _types(way.cut.get(way.warmest) or (), language) or "–"]


# --- from the counters to the peers ----------------------------------------------------------------------------------


def peer_sentences(peers: EntryToPeer, language: str) -> list[str]:
    """How many of the public counters present reach peers and recovery facilities."""
    if peers.any is None or peers.warm is None:
        return [say(language, "way.peers_absent")]
    if not peers.linked:
        return [say(language, "way.peers_none", of=len(peers.public))]
    told = {"of": len(peers.public), "n": len(peers.linked), "percent": f"{peers.any:.0%}"}
    return [say(language, "way.peers", warm=len(peers.warmly), warm_percent=f"{peers.warm:.0%}", **told)]


def peer_picture(peers: EntryToPeer, language: str) -> Node | None:
    """The counters side by side in the usual order of agency types: this is no ranking."""
    if not peers.public:
        return None
    return el("ul.peers", [_counter(code, peers, language) for code in AGENCIES if code in peers.public])


def _counter(code: str, peers: EntryToPeer, language: str) -> Node:
    state = "warm" if code in peers.warmly else "cold" if code in peers.linked else "open"
    return el("li", _chip(code, language), el(f"span.step.{state}", say(language, f"way.peer_{state}")))


# --- the case's own paths --------------------------------------------------------------------------------------------


def chain_picture(one: Chain, language: str) -> Node:
    """A path of the case with its note; several ways on one link stand together."""
    first = _chip(one.links[0].from_, language)
    steps = [
        el("span", [_step(kind, language) for kind in link.handovers], _chip(link.to, language)) for link in one.links
    ]
    return el(
        "div.chain",
        el("h3", one.name),
        el("div.way", first, steps),
        el("p", chain_sentence(one, language)),
        el("p.muted", one.note) if one.note else None,
    )


def chain_sentence(one: Chain, language: str) -> str:
    """Mean and most modest link, which is named."""
    told = chain(link.handovers for link in one.links)
    weakest = one.links[told.weakest or 0]
    ends = {"start": _name(weakest.from_, language), "end": _name(weakest.to, language)}
    return say(language, "way.chain", mean=number(told.mean), min=told.min, **ends)


def _name(code: str, language: str) -> str:
    return say(language, "way.any") if code == ANY else AGENCIES[code].short(language)


def number(value: float | None) -> str:
    """1.5, 3, 0: no digits that say nothing."""
    return "–" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")


def chain_table(chains: Iterable[Chain], language: str) -> Node:
    """Each path with its links and its warmth."""
    names = [el("th", say(language, f"way.{name}"), scope="col") for name in ("chain_name", "links", "mean", "least")]
    rows = [_chain_row(one, language) for one in chains]
    caption = el("caption", say(language, "way.chains_title"))
    return el("table.plain", caption, el("thead", el("tr", names)), el("tbody", rows))


def _chain_row(one: Chain, language: str) -> Node:
    told = chain(link.handovers for link in one.links)
    links = [
        f"{_name(link.from_, language)} → {_name(link.to, language)} ({warmth})"
        for link, warmth in zip(one.links, told.warmth, strict=True)
    ]
    cells = [one.name, "; ".join(links), number(told.mean), str(told.min)]
    return el("tr", [el("td", cell) for cell in cells])
