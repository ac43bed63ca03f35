"""Deleting a conference: marked first, with thirty days to take it back, then really gone (F25).

A clock that is wrong may make the thirty days longer, never shorter (F13): they count from the latest time that the
conference and the house knew when it was deleted.
"""

from datetime import UTC, datetime, timedelta

from facilitation.access import Refused, Who, require
from facilitation.commands import Drafts
from facilitation.conference import Conference
from facilitation.entries import Draft
from facilitation.typed import nfkc

DAYS = 30
"""Days in which a deleted conference can be taken back."""

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Where the time is none: it was brought with a log."""


def name_of(conference: Conference) -> str:
    """What has to be typed to delete it: its title, or its code where it has none."""
    return conference.title or conference.code


def delete_conference(conference: Conference, who: Who, *, named: str, known: str = "") -> Drafts:
    """Take a conference out of every list and close all its doors. `named`: its name as the organiser typed it;
    `known`: the latest time that the house knows."""
    require(who, "organiser")
    if conference.deleted:
        return ()
    if not conference.opened:
        raise Refused("conference.none")
    if _bare(named) != _bare(name_of(conference)):
        raise Refused("deleting.name", name=name_of(conference))
    return (Draft("conference_deleted", who.author, {"deleted": True, "known": known}),)


def take_back(conference: Conference, who: Who) -> Drafts:
    """Put a deleted conference back where it was."""
    require(who, "organiser")
    return (Draft("conference_deleted", who.author, {"deleted": False}),) if conference.deleted else ()


def goes_at(conference: Conference) -> datetime:
    """When a deleted conference goes for good."""
    try:
        return _moment(conference.deleted) + timedelta(days=DAYS)
    except (ValueError, OverflowError):
        return NEVER


def is_due(conference: Conference, now: datetime) -> bool:
    """Whether the thirty days of a deleted conference are over."""
    return bool(conference.deleted) and now >= goes_at(conference)


def _moment(at: str) -> datetime:
    moment = datetime.fromisoformat(at)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bare(name: str) -> str:
    """Width, case and spaces make no difference."""
    return "".join(nfkc(name).split())
