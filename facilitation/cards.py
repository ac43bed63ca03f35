"""The verbs of a card: write, edit, withdraw, hide.

A card's id is made on the device with its draft. Writing the same card again is an edit and carries `base`, the card's
own revision when it was loaded: if somebody else edited it meanwhile, the later text is kept beside it as a card of
its own (nothing is lost, and the table sees both) and the writer is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict

from facilitation import limits
from facilitation.access import LEADS, Problem, Refused, RefusedFields, Who, require
from facilitation.agencies import AGENCIES
from facilitation.commands import Drafts, own_group, running
from facilitation.conference import Card, Conference
from facilitation.entries import Draft
from facilitation.path import ACTS, BARRIERS, HANDOVERS, HELPS, STAGES, TRACKS
from facilitation.typed import clean

TEXTS = ("can", "hard", "help")


class CardFields(TypedDict, total=False):
    """What a device says of a card; anything else it sends is dropped."""

    scene: int
    type: str
    stage: str
    tracks: Sequence[str]
    can: str
    hard: str
    help: str
    reason: str
    help_code: str
    handover: str
    to: str
    consent: bool
    acts: Sequence[str]


def write_card(
    conference: Conference, who: Who, *, card: str, fields: CardFields, base: int = 0, key: str = ""
) -> Drafts:
    """Write or edit a card.

    `fields`: scene, type, stage, and at least one of can / hard / help; optional tracks, reason, help_code, handover,
    to, consent, acts. Raises `RefusedFields` with every wrong field at once.
    """
    group = own_group(conference, who)
    if group not in conference.rules:
        raise Refused("rules.first")
    if not is_id(card) or len(key) > 64 or "+" in key:
        raise Refused("not_allowed")
    body = {"card": card, "group": group, **_body(fields)}
    problems = tuple(_problems(conference, body))
    if problems:
        raise RefusedFields(problems)
    return _kept(conference, who, body, base, key)


def _kept(conference: Conference, who: Who, body: dict[str, Any], base: int, key: str) -> Drafts:
    """The entry to add: a new card, an edit, or a card beside the one somebody else changed first."""
    card = str(body["card"])
    before, sent = conference.cards.get(card), conference.sent.get(key)
    if before is None:
        return (Draft("card_written", who.author, body, key),)
    if before.group != body["group"]:
        raise Refused("not_allowed")
    if _same(before, body):
        return ()
    if sent and card in (sent.id, sent.beside):
        if sent.erased:  # what comes again is what was erased
            return ()
        # The device never saw the acknowledgement and sends again: the same words are a repeat, others an edit of what
        # it wrote; both texts are kept.
        own = {**body, "card": sent.id}
        if _same(sent, own):
            return ()
        body = own if conference.cards[sent.id].revision == sent.revision else _beside(conference, body)
        return (Draft("card_written", who.author, body, f"{key}+{sent.revision}"),)
    if base != before.revision:
        body = _beside(conference, body)
    return (Draft("card_written", who.author, body, key),)


def _beside(conference: Conference, body: dict[str, Any]) -> dict[str, Any]:
    """The words as a card of their own. The revision they get makes its id unlike that of a third device's words."""
    return {**body, "card": f"{body['card']}-{conference.revision + 1}", "beside": body["card"]}


def _same(card: Card, body: Mapping[str, Any]) -> bool:
    return not card.withdrawn and all(
        (tuple(value) if isinstance(value, list) else value) == getattr(card, "id" if name == "card" else name)
        for name, value in body.items()
    )


def withdraw_card(conference: Conference, who: Who, *, card: str, base: int, key: str = "") -> Drafts:
    """Take a card back; the record keeps what was said."""
    group = own_group(conference, who)
    found = conference.cards.get(card)
    if found is None or found.group != group:
        raise Refused("card.none")
    if found.withdrawn:
        return ()
    if base != found.revision:
        raise Refused("card.moved")
    return (Draft("card_withdrawn", who.author, {"card": card}, key),)


def hide_card(conference: Conference, who: Who, *, card: str, hidden: bool) -> Drafts:
    """Hold a card back from the projector and the record (it still counts in the map), or bring it back."""
    require(who, *LEADS)
    found = conference.cards.get(card)
    if found is None:
        raise Refused("card.none")
    return () if found.hidden == hidden else (Draft("card_hidden", who.author, {"card": card, "hidden": hidden}),)


def correct_card(conference: Conference, who: Who, *, card: str, type: str, stage: str) -> Drafts:
    """A facilitator corrects a card's speaker or stage; its words stay as the table wrote them."""
    require(who, *LEADS)
    running(conference)
    found = conference.cards.get(card)
    if found is None or found.withdrawn:
        raise Refused("card.none")
    body = {**_as_body(found), "type": type, "stage": stage}
    problems = tuple(_problems(conference, body))
    if problems:
        raise RefusedFields(problems)
    return () if (type, stage) == (found.type, found.stage) else (Draft("card_written", who.author, body),)


def _as_body(card: Card) -> dict[str, Any]:
    names = ("group", "scene", "type", "stage", *TEXTS, "reason", "help_code", "handover", "to", "consent")
    body: dict[str, Any] = {name: getattr(card, name) for name in names}
    return {"card": card.id, **body, "tracks": list(card.tracks), "acts": list(card.acts)}


def _body(fields: CardFields) -> dict[str, Any]:
    """The fields a log keeps, cleaned."""
    said: Mapping[str, Any] = fields
    return {
        "scene": said.get("scene", 0),
        "type": said.get("type", ""),
        "stage": said.get("stage", ""),
        "tracks": [code for code in TRACKS if code in said.get("tracks", ())],
        **{name: clean(said.get(name, "")).strip() for name in TEXTS},
        **{name: said.get(name, "") for name in ("reason", "help_code", "handover", "to")},
        "consent": said.get("consent", False),
        "acts": [code for code in ACTS if code in said.get("acts", ())],
    }


def _problems(conference: Conference, body: Mapping[str, Any]) -> Iterable[Problem]:
    """Everything wrong with a card, all at once."""
    if body["scene"] not in conference.scenes:
        yield Problem("scene", "card.scene_closed")
    if body["type"] not in conference.types:
        yield Problem("type", "card.type" if body["type"] else "card.no_type", {"found": body["type"]})
    if body["stage"] not in STAGES:
        yield Problem("stage", "card.stage", {"found": body["stage"]})
    if not any(body[name] for name in TEXTS):
        yield Problem("can", "card.empty")
    for name in TEXTS:
        if len(body[name]) > limits.STATEMENT:
            yield Problem(name, "card.long", {"most": limits.STATEMENT, "length": len(body[name])})
    for name, known in (("reason", BARRIERS), ("help_code", HELPS)):
        if body[name] and body[name] not in known:
            yield Problem(name, "card.code", {"found": body[name]})
    yield from _handover_problems(body)


def _handover_problems(body: Mapping[str, Any]) -> Iterable[Problem]:
    """A hand-over has both ends, never leads to itself, and above an explanation the person's wish comes first."""
    kind, to = body["handover"], body["to"]
    if not kind and not to:
        return
    if kind not in HANDOVERS:
        yield Problem("handover", "handover.kind" if kind else "handover.no_kind", {"found": kind})
    if not body["can"] and not body["hard"]:
        yield Problem("can", "handover.alone")
    if not to:
        yield Problem("to", "handover.no_to")
    elif to not in AGENCIES:
        yield Problem("to", "card.type", {"found": to})
    elif to == body["type"]:
        yield Problem("to", "handover.itself")
    if kind in HANDOVERS and HANDOVERS[kind].needs_consent and not body["consent"]:
        yield Problem("consent", "handover.consent")


def is_id(text: str) -> bool:
    return 8 <= len(text) <= 64 and text.replace("-", "").isalnum() and text.isascii()
