"""On the desk: the cards, by group and scene; hold back from the wall, bring back, correct speaker and stage."""

import streamlit as st

from facilitation import cards, written
from facilitation.agencies import AGENCIES
from facilitation.conference import Card
from facilitation.path import HANDOVERS, STAGES
from facilitation.screen.desk import Desk
from facilitation.screen.desk_words import ask_to_erase, asked_to_erase
from facilitation.screen.parts import Node, el, picture
from facilitation.texts import say


def all_cards(desk: Desk) -> None:
    """The newest first."""
    if asked_to_erase(desk):
        return
    conference = desk.conference
    if not any(card.readable for card in conference.cards.values()):
        picture(el("p.empty", desk.say("desk.no_cards")), key="no-cards")
        return
    group, scene = _filters(desk)
    shown = [
        card
        for card in reversed(list(conference.cards.values()))
        if card.readable and group in (0, card.group) and scene in (0, card.scene)
    ]
    pressed = picture(el("div.cards", [_row(desk, card) for card in shown]), key="cards")
    if pressed:
        _pressed(desk, *pressed)
    chosen = conference.cards.get(st.session_state.get("correcting", ""))
    if chosen and not conference.ended:
        _correct(desk, chosen)


def _filters(desk: Desk) -> tuple[int, int]:
    with st.container(horizontal=True):
        group = st.selectbox(
            desk.say("desk.filter_group"),
            [0, *range(1, desk.conference.groups + 1)],
            format_func=lambda n: desk.say("group", n=n) if n else desk.say("desk.all"),
            key="cards-group",
            width=160,
        )
        scene = st.selectbox(
            desk.say("desk.filter_scene"),
            [0, *desk.conference.scenes],
            format_func=lambda n: desk.case.scenes[n - 1].title if n else desk.say("desk.all"),
            key="cards-scene",
            width=280,
        )
    return group, scene


def _row(desk: Desk, card: Card) -> Node:
    label = desk.say("desk.unhide" if card.hidden else "desk.hide")
    acts = [el("button.small", label, act=["hide", card.id, not card.hidden], type="button")]
    if not desk.conference.ended:
        acts.append(el("button.small", desk.say("desk.correct"), act=["correct", card.id, True], type="button"))
    if desk.who.role == "organiser":
        acts.append(el("button.small", desk.say("pieces.erase"), act=["erase", card.id, True], type="button"))
    return el("div.card-row", card_picture(card, desk.visitor.language), el("div.acts", acts), data_key=card.id)


def _pressed(desk: Desk, act: str, card: str, on: bool) -> None:
    if act == "hide":
        desk.do(cards.hide_card, card=card, hidden=on)
    if act == "erase":
        ask_to_erase(written.card(card))
    st.session_state["correcting"] = card


def _correct(desk: Desk, card: Card) -> None:
    """A facilitator may mend who spoke and which stage; the words stay the table's."""
    spoken, types = desk.visitor.language, desk.conference.types
    with st.container(border=True):
        picture(card_picture(card, spoken), key="correcting-card")
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.selectbox(
                desk.say("writer.who"),
                types,
                index=types.index(card.type) if card.type in types else 0,
                format_func=lambda code: AGENCIES[code].short(spoken),
                key=f"type-{card.id}-{card.revision}",
            )
            stage = st.selectbox(
                desk.say("writer.stage"),
                list(STAGES),
                index=list(STAGES).index(card.stage),
                format_func=lambda code: STAGES[code].short(spoken),
                key=f"stage-{card.id}-{card.revision}",
            )
            if st.button(desk.say("desk.correct_done"), key=f"corrected-{card.id}-{card.revision}", type="primary"):
                st.session_state.pop("correcting")
                desk.do(cards.correct_card, card=card.id, type=kind, stage=stage)


def card_picture(card: Card, language: str) -> Node:
    """A card as everybody who may see it sees it."""
    agency = AGENCIES[card.type]
    head = [say(language, "group", n=card.group), agency.short(language), STAGES[card.stage].short(language)]
    if card.to and card.handover:
        head.append(f"→ {AGENCIES[card.to].short(language)}（{HANDOVERS[card.handover].name(language)}）")
    held = el("span.pill.unasked", say(language, "desk.hidden")) if card.hidden else None
    unchecked = el("span.pill.unasked", say(language, "checking.word")) if card.unchecked else None
    lines = [
        el(f"p.{name}", el("b", say(language, f"writer.{name}")), " ", getattr(card, name))
        for name in cards.TEXTS
        if getattr(card, name)
    ]
    return el(f"div.statement.family-{agency.family}", el("p.muted", " · ".join(head), " ", held, unchecked), lines)
