"""On the adviser's screen: the three hints in words. Invitations to speak about something, never a judgement."""

from collections.abc import Iterable

from facilitation.agencies import AGENCIES
from facilitation.bridges import Edge
from facilitation.conference import Conference
from facilitation.hints import Hints, hints
from facilitation.path import HANDOVERS, STAGES
from facilitation.screen.parts import Node, el
from facilitation.texts import say


def hint_list(conference: Conference, language: str) -> Node:
    """Gaps and single stages, the coldest hand-over, the widest difference."""
    found = hints(conference)
    lines = [*_stages(found, language), _links(found, language), _difference(found, language)]
    return el(
        "section.card.hints", el("h2", say(language, "advise.hints")), el("ul", [el("li", line) for line in lines])
    )


def _stages(found: Hints, language: str) -> list[str]:
    named = (("advise.gaps", found.gaps), ("advise.singles", found.singles))
    lines = [say(language, key, stages=_joined(stages, language)) for key, stages in named if stages]
    return lines or [say(language, "advise.no_gaps")]


def _joined(stages: Iterable[str], language: str) -> str:
    return ("・" if language == "ja" else ", ").join(STAGES[stage].short(language) for stage in stages)


def _links(found: Hints, language: str) -> str:
    if not found.coldest:
        return say(language, "advise.no_edges")
    edges = ("、" if language == "ja" else ", ").join(_edge(edge, language) for edge in found.coldest)
    return say(language, "advise.coldest", edges=edges)


def _edge(edge: Edge, language: str) -> str:
    warmest = max(edge.kinds, key=lambda kind: HANDOVERS[kind].warmth)
    ends = {"start": AGENCIES[edge.start].short(language), "end": AGENCIES[edge.end].short(language)}
    return say(language, "advise.edge", kind=HANDOVERS[warmest].name(language), **ends)


def _difference(found: Hints, language: str) -> str:
    if found.apart is None:
        return say(language, "advise.no_difference")
    names = {"type": AGENCIES[found.apart.type].short(language), "stage": STAGES[found.apart.stage].short(language)}
    return say(language, f"advise.{found.apart.verdict}", **names)
