"""On the tablet beside the cards: the three picks, hearts, a word for another table, next steps."""

from typing import Any

import streamlit as st

from facilitation import care, checking, coverage, limits, sharing, written
from facilitation.agencies import AGENCIES
from facilitation.conference import Card, statements
from facilitation.path import HELPS, STAGES
from facilitation.screen import mapping
from facilitation.screen.parts import Node, el, picture, words_form
from facilitation.screen.table import Table


def picks(table: Table) -> None:
    """One strength, one gap, one thing that would help: three rows of chips over the table's own map."""
    conference, say = table.conference, table.say
    pick = conference.picks.get(table.group)
    own = conference.of_group(table.group)
    view = coverage.coverage(statements(own, texts=False))
    firm = view.in_status("covered", "single") or tuple(STAGES)
    thin = view.in_status("gap", "conditional", "unasked", "single")
    public = [card for card in own if card.public]
    helps = dict.fromkeys([c.help for c in public if c.help] + [_help(table, c) for c in public if c.help_code])
    rows = [
        ("strength", "◎", [(s, STAGES[s].short(table.visitor.language)) for s in firm], pick.strength if pick else ""),
        ("gap", "？", [(s, STAGES[s].short(table.visitor.language)) for s in thin], pick.gap if pick else ""),
        (
            "help",
            "＋",
            [(text, text) for text in helps if len(text) <= limits.STATEMENT_ADVISED],
            pick.help if pick else "",
        ),
    ]
    tree = [_pick_row(table, *row) for row in rows]
    pressed = picture(el("section.card.picks", el("h2", say("step.table_check")), tree), key="picks")
    if pressed:
        chosen = {"strength": rows[0][3], "gap": rows[1][3], "help": rows[2][3]}
        table.do(sharing.make_pick, **{**chosen, pressed[0]: pressed[1]})


def _help(table: Table, card: Card) -> str:
    return HELPS[card.help_code].name(table.visitor.language)


def _pick_row(table: Table, name: str, mark: str, options: list[tuple[str, str]], chosen: str) -> Node:
    chips = [
        el("button.chip", label, act=[name, value], type="button", aria_pressed="true" if value == chosen else "false")
        for value, label in options
    ]
    return el(
        "div",
        el("p.label", f"{mark} ", table.say(f"table_check.{name}")),
        el("div.chips", chips or table.say("picks.no_help" if name == "help" else "picks.none")),
    )


def hearts(table: Table) -> None:
    """「うちもできる」 on other tables' words; a heart becomes a card of this table with one more tap."""
    conference, say, spoken = table.conference, table.say, table.visitor.language
    here = conference.types_at(table.group)
    others = [c for c in conference.cards.values() if c.public and c.can and c.group != table.group]
    if not others or not here:
        return
    speaker = st.pills(
        say("hearts.who"), here, default=here[0], format_func=lambda c: AGENCIES[c].short(spoken), key="heart-type"
    )
    rows = [_heart_row(table, card) for card in reversed(others)]
    pressed = picture(el("section.hearts", el("h2", say("hearts.title")), el("div.ours", rows)), key="hearts")
    if not pressed or speaker is None:
        return
    act, card = pressed
    if act == "card":
        table.do(sharing.heart_to_card, card=card, text=say("hearts.ours"))
    table.do(sharing.give_heart, card=card, type=speaker, given=act == "heart")


def _heart_row(table: Table, card: Card) -> Node:
    """Another table's words, by agency type and group only; where a case asks for care by neither."""
    say, spoken = table.say, table.visitor.language
    given = (card.id, table.group) in table.conference.hearts
    made = sharing.own_card(card.id, table.group) in table.conference.cards
    heart = el(
        "button.small.heart",
        "♥ " if given else "♡ ",
        say("hearts.we_too"),
        act=["unheart" if given else "heart", card.id],
        type="button",
        aria_pressed="true" if given else "false",
    )
    to_card = (
        el("button.small", say("hearts.to_card"), act=["card", card.id], type="button") if given and not made else None
    )
    done = el("span.saved", "✓ ", say("hearts.made")) if made else None
    who = [say("group", n=card.group), AGENCIES[card.type].short(spoken)]
    named = care.names_speakers(table.conference)
    family = f".family-{AGENCIES[card.type].family}" if named else ""
    return el(
        f"article.card.statement{family}",
        el("p.muted", " · ".join([*(who if named else ()), STAGES[card.stage].short(spoken)])),
        el("p", card.can),
        el("p.acts", heart, " ", to_card, done),
        data_key=card.id,
    )


def review(table: Table) -> None:
    """The next table's map, and a few words for it (second-table review)."""
    conference, say, spoken = table.conference, table.say, table.visitor.language
    about = table.group % conference.groups + 1
    if about == table.group:
        return
    view = coverage.coverage(statements(conference.of_group(about), texts=False))
    shown = (
        el("div.wide", mapping.by_type(view, spoken, view.present)) if view.present else el("p.empty", say("map.empty"))
    )
    picture(el("section", el("h2", say("review.title", n=about)), shown, mapping.caption(spoken)), key="review-map")
    form = _form(
        table, "review", "review_map", "note", {"about": about}, [], ("text", "review.label", limits.STATEMENT)
    )
    mine = [
        n
        for n in conference.notes.values()
        if n.about == f"group:{about}" and n.by == str(table.group) and not n.adviser
    ]
    items = [
        {
            "id": n.id,
            "line": say("group", n=about),
            "text": n.text,
            "fields": {},
            "boxes": table.boxes(written.note(n.id), n.text),
        }
        for n in mine
    ]
    words_form({**form, "items": items}, key="review")
    received = [n for n in checking.notes(conference, spoken) if n.about == f"group:{table.group}"]
    if received:
        lines = [el("div.statement", el("p.muted", say("group", n=n.by)), el("p", n.text)) for n in received]
        picture(el("section", el("h2", say("review.received")), lines), key="review-received")


def next_steps(table: Table) -> None:
    """「明日からの一歩」: whom and what, one card a person."""
    conference, say, spoken = table.conference, table.say, table.visitor.language
    here = [table.type_of(code) for code in conference.types_at(table.group)]
    choices = [
        {"name": "type", "label": say("steps.who"), "options": here},
        {"name": "to", "label": say("steps.to"), "options": [table.type_of(code) for code in conference.types]},
    ]
    form = _form(
        table, "steps", "write_next_step", "step", {}, choices, ("text", "steps.what", limits.STATEMENT_ADVISED)
    )
    mine = [step for step in conference.next_steps.values() if step.group == table.group]
    items = [
        {
            "id": step.id,
            "line": f"{AGENCIES[step.type].short(spoken)} → {AGENCIES[step.to].short(spoken)}",
            "text": step.text,
            "fields": {"type": step.type, "to": step.to},
            "boxes": table.boxes(written.step(step.id), step.text),
        }
        for step in mine
    ]
    picture(el("h2", say("steps.title")), key="steps-title")
    words_form({**form, "items": items}, key="steps")


def _form(
    table: Table,
    name: str,
    verb: str,
    id_: str,
    fixed: dict[str, Any],
    choices: list[dict[str, Any]],
    text: tuple[str, str, int],
) -> dict[str, Any]:
    """What `assets/words.js` is given: which verb it sends, what it asks, in the visitor's words."""
    say, base = table.say, table.base()
    words = base["words"]
    words |= {"give": say(f"{name}.give"), "need": say(f"{name}.need")}
    field, label, limit = text
    asked = {"name": field, "label": say(label), "hint": say(f"{name}.hint"), "limit": limit}
    form = {"name": name, "verb": verb, "id": id_, "fixed": fixed, "choices": choices, "text": asked}
    return {**base, "form": form, "ended": table.conference.ended}
