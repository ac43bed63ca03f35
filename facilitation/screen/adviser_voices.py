"""On the adviser's screen: public statements, narrowed by stage, agency type, kind, scene and star."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from facilitation import checking, remarks
from facilitation.agencies import AGENCIES
from facilitation.cards import TEXTS
from facilitation.conference import Card, Conference
from facilitation.path import HANDOVERS, STAGES
from facilitation.scenario import Case
from facilitation.screen.parts import Node, el
from facilitation.texts import say


@dataclass(frozen=True, slots=True)
class Filter:
    """What an adviser wants to see; empty is everything."""

    stage: str = ""
    type: str = ""
    kind: str = ""
    scene: int = 0
    starred: bool = False

    @staticmethod
    def asked(words: Callable[..., str], conference: Conference, case: Case, language: str) -> "Filter":
        """The row of choices above the list."""
        everything = words("advise.all")
        with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
            scene = st.selectbox(
                words("advise.scene"),
                [0, *conference.scenes],
                format_func=lambda n: remarks.scene(n, conference, case, language) if n else everything,
                key="by-scene",
                width=135,
            )
            stage = st.selectbox(
                words("advise.stage"),
                ["", *STAGES],
                format_func=lambda code: STAGES[code].short(language) if code else everything,
                key="by-stage",
                width=135,
            )
            kind = st.selectbox(
                words("advise.type"),
                ["", *conference.types],
                format_func=lambda code: AGENCIES[code].short(language) if code else everything,
                key="by-type",
                width=135,
            )
            part = st.selectbox(
                words("advise.kind"),
                ["", *TEXTS],
                format_func=lambda name: words(f"writer.{name}") if name else everything,
                key="by-kind",
                width=135,
            )
            starred = st.toggle(words("advise.starred_only"), key="by-star")
        return Filter(stage, kind, part, scene, starred)


def narrowed(conference: Conference, by: Filter, language: str) -> list[Card]:
    """The cards that match, as others than their table read them, the newest first; of scenes that were opened, for a
    log from elsewhere may hold others."""
    return [card for card in reversed(checking.cards(conference, language)) if _matches(conference, card, by)]


def _matches(conference: Conference, card: Card, by: Filter) -> bool:
    return (
        by.stage in ("", card.stage)
        and by.type in ("", card.type)
        and (not by.kind or bool(getattr(card, by.kind)))
        and card.scene in ((by.scene,) if by.scene else conference.scenes)
        and (not by.starred or card.id in conference.stars)
    )


def voice(card: Card, conference: Conference, scene: str, language: str) -> Node:
    """One card with its star. Which group said it is not the adviser's question."""
    agency = AGENCIES[card.type]
    head = [el("b.agency", agency.short(language)), " · ", STAGES[card.stage].short(language), " · ", scene]
    if card.to and card.handover:
        names = {"to": AGENCIES[card.to].short(language), "kind": HANDOVERS[card.handover].name(language)}
        head += [" · ", say(language, "advise.to", **names)]
    said = [
        el(f"p.{name}", el("b", say(language, f"writer.{name}")), " ", getattr(card, name))
        for name in TEXTS
        if getattr(card, name)
    ]
    return el(
        f"article.statement.voice.family-{agency.family}",
        el("p.muted", head),
        said,
        None if conference.ended or card.unchecked else _star(card, card.id in conference.stars, language),
        data_key=card.id,
    )


def _star(card: Card, starred: bool, language: str) -> Node:
    return el(
        "button.small.star",
        say(language, "advise.starred" if starred else "advise.star"),
        act=[card.id, not starred],
        type="button",
        aria_pressed="true" if starred else "false",
    )
