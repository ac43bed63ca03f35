"""The verbs of a table beside its cards: what it says of its own role, what it picks, hearts, next steps, notes."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from facilitation import limits
from facilitation.access import LEADS, Refused, Who, require
from facilitation.agencies import AGENCIES, HINTS
from facilitation.cards import CardFields, is_id, write_card
from facilitation.commands import Drafts, own_group, running, unseen, words
from facilitation.conference import Conference, NextStep, Pick
from facilitation.entries import Draft
from facilitation.path import STAGES

FOCUS = ("S3", "S5", "S8")
"""The stages asked about before the case (domain C5)."""

STRENGTHS = (0, 1, 2)


def state_role(
    conference: Conference,
    who: Who,
    *,
    respondent: str,
    type: str,
    strengths: Mapping[str, int],
    expected: Mapping[str, Sequence[str]],
    key: str = "",
) -> Drafts:
    """One person says, for the own agency type, how far it carries a stage (0, 1, 2; left out: blank) and whom it
    expects there. Asked openly at the table, shown by type; `respondent` is the device's own random id."""
    group = own_group(conference, who)
    if not is_id(respondent):
        raise Refused("not_allowed")
    if type not in conference.types:
        raise Refused("card.type", found=type)
    if not {*strengths, *expected} <= STAGES.keys():
        raise Refused("card.stage", found=next(iter({*strengths, *expected} - STAGES.keys())))
    if any(value not in STRENGTHS for value in strengths.values()):
        raise Refused("role.strength")
    named = {code for codes in expected.values() for code in codes}
    if named - AGENCIES.keys():
        raise Refused("card.type", found=min(named - AGENCIES.keys()))
    if type in named:
        raise Refused("role.itself")
    body: dict[str, Any] = {
        "respondent": respondent,
        "group": group,
        "type": type,
        "strengths": dict(strengths),
        "expected": {stage: sorted(set(codes)) for stage, codes in expected.items()},
    }
    before = conference.roles.get(respondent)
    if before and asdict(before) == {**body, "expected": {s: tuple(codes) for s, codes in body["expected"].items()}}:
        return ()
    return (Draft("role_stated", who.author, body, key),)


def make_pick(conference: Conference, who: Who, *, strength: str = "", gap: str = "", help: str = "") -> Drafts:
    """The table's three choices of its own map (domain §5.2, 班の地図を見直す); any of them may still be open."""
    group = own_group(conference, who)
    if not {strength, gap} <= {"", *STAGES}:
        raise Refused("card.stage", found=gap if strength in ("", *STAGES) else strength)
    pick = Pick(group, strength, gap, words(help, limits.STATEMENT_ADVISED, "pick.long"))
    if conference.picks.get(group, Pick(group)) == pick:
        return ()
    body = {"group": group, "strength": strength, "gap": gap, "help": pick.help}
    return (Draft("pick_made", who.author, body),)


def give_heart(conference: Conference, who: Who, *, card: str, type: str = "", given: bool = True) -> Drafts:
    """「うちもできる」 on another table's can. It counts for nothing until the table makes a card of it."""
    group = own_group(conference, who)
    found = conference.cards.get(card)
    if found is None or not found.public or not found.can or found.group == group:
        raise Refused("card.none")
    if given and type not in conference.types:
        raise Refused("card.type", found=type)
    if ((card, group) in conference.hearts) == given:
        return ()
    body = {"card": card, "group": group, "type": type, "given": given}
    return (Draft("heart_given", who.author, body),)


def own_card(card: str, group: int) -> str:
    """The id of the card that a heart becomes: one per card and group, however often it is tapped."""
    return f"{card}-too-{group}"


def heart_to_card(conference: Conference, who: Who, *, card: str, text: str) -> Drafts:
    """Make the heart a card of this table: same scene, stage and tracks, the heart's agency type; `text` is put before
    the words. The table may edit it like any card of its own."""
    group = own_group(conference, who)
    found = conference.cards.get(card)
    if found is None or not found.public or (card, group) not in conference.hearts:
        raise Refused("card.none")
    if own_card(card, group) in conference.cards:
        return ()
    fields: CardFields = {
        "scene": found.scene,
        "type": conference.hearts[card, group],
        "stage": found.stage,
        "tracks": list(found.tracks),
        "can": (text + found.can)[: limits.STATEMENT],
    }
    return write_card(conference, who, card=own_card(card, group), fields=fields, key=own_card(card, group))


def write_next_step(
    conference: Conference,
    who: Who,
    *,
    step: str,
    type: str,
    to: str,
    text: str,
    before: str | None = None,
    key: str = "",
) -> Drafts:
    """「明日からの一歩」: whom (a type) and what. The same `step` again replaces it; an empty text takes it back.
    `before`: what its writer saw (`unseen`)."""
    group = own_group(conference, who)
    if not is_id(step):
        raise Refused("not_allowed")
    for code in (type, to):
        if code not in AGENCIES:
            raise Refused("card.type", found=code)
    said = words(text, limits.STATEMENT_ADVISED, "step.long")
    standing = conference.next_steps.get(step)
    if standing and standing.group != group:
        raise Refused("not_allowed")
    if standing == NextStep(step, group, type, to, said) or not (standing or said):
        return ()
    unseen(standing.text if standing else "", before)
    body = {"step": step, "group": group, "type": type, "to": to, "text": said}
    return (Draft("next_step_written", who.author, body, key),)


def review_map(
    conference: Conference, who: Who, *, note: str, about: int, text: str, before: str | None = None, key: str = ""
) -> Drafts:
    """A second table writes on another group's map; an empty text takes the note back. `before`: as for a step."""
    group = own_group(conference, who)
    if not is_id(note) or not 1 <= about <= conference.groups or about == group:
        raise Refused("group.none", found=about)
    standing = conference.notes.get(note)
    if standing and (standing.adviser or standing.by != str(group)):
        raise Refused("not_allowed")
    said = words(text, limits.STATEMENT, "note.long")
    if (standing and standing.text == said) or not (standing or said):
        return ()
    unseen(standing.text if standing else "", before)
    body = {"note": note, "about": f"group:{about}", "text": said, "by": str(group), "adviser": False}
    return (Draft("note_written", who.author, body, key),)


def write_hint(conference: Conference, who: Who, *, type: str, field: str, text: str) -> Drafts:
    """The organiser's own words on an agency card, in place of the example (empty: the example again)."""
    require(who, *LEADS)
    running(conference)
    if type not in AGENCIES or field not in HINTS:
        raise Refused("card.type", found=type)
    said = words(text, limits.NOTE, "venue.long")
    if conference.agency_hints.get((type, field), "") == said:
        return ()
    return (Draft("hint_written", who.author, {"type": type, "field": field, "text": said}),)
