"""Who is looking: language, role and seat of a visitor, from cookies that only our routes can set.

A role is never read from the address. Where a device refuses cookies, a seat's own signed token stands in the address
instead (`?t=`); it can be a seat's and nobody else's.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import streamlit as st

from facilitation.access import Refused, RefusedFields, Who
from facilitation.audience import CONTACTS, LEAD, PROJECTOR, table
from facilitation.conference import Conference
from facilitation.screen.house import House, house
from facilitation.screen.rescue import PASSING, steps
from facilitation.store import StoreError
from facilitation.survey_round import SurveyRound
from facilitation.texts import LANGUAGES, say
from facilitation.typed import sayable

COOKIE = "kaigi"
LANGUAGE_COOKIE = "kaigi_language"


@dataclass(frozen=True)
class Visit:
    """One visitor's view of one page run."""

    language: str
    house: House
    grants: Mapping[str, Any]

    def say(self, key: str, **params: Any) -> str:
        """The text `key` in the visitor's language."""
        return say(self.language, key, **params)

    @property
    def organiser(self) -> bool:
        """Signed in with the organisers' password or the start link."""
        return bool(self.grants.get("organiser"))

    def leads(self, log: str) -> Who | None:
        """Who this visitor is to a conference's controls; None for everybody who has none."""
        return leader(self.grants, log)

    def seats(self) -> list[tuple[str, str]]:
        """(conference, seat) of this device, the latest first."""
        return [(log, seat) for log, seat in reversed(self.grants.get("seats", []))]

    def advises(self, log: str) -> Who | None:
        """Who this visitor is as an adviser of a conference: one who joined as such, or those who lead it."""
        return adviser(self.grants, log) or self.leads(log)

    def sees_wall(self, log: str) -> bool:
        """Whether the projector's picture may be shown here."""
        return self.leads(log) is not None or log in self.grants.get("walls", [])


def visit() -> Visit:
    """The visitor of this run."""
    here = house()
    return Visit(spoken(), here, grants(here, st.context.cookies.get(COOKIE, ""), st.query_params.get("t", "")))


def stranger() -> Visit:
    """Whoever looks, before it is known what they may do: nothing here asks the store."""
    return Visit(spoken(), house(), {})


def at_hand() -> Visit:
    """The visitor by the keys as they were read last, for what is said where the store cannot be asked."""
    here = house()
    return Visit(spoken(), here, here.allowed(st.context.cookies.get(COOKIE, ""), here.keys_at_hand))


def grants(here: House, cookie: str, token: str = "") -> dict[str, Any]:
    """What a cookie (and, for a seat alone, a token in the address) allows."""
    granted = here.allowed(cookie)
    carried = here.carried(token)
    if carried:
        granted["seats"] = [*granted.get("seats", []), carried]
    return granted


def leader(granted: Mapping[str, Any], log: str) -> Who | None:
    """Who a device is to a conference's controls."""
    if granted.get("organiser"):
        return Who("organiser")
    return Who("facilitator") if log in granted.get("leads", []) else None


def survey_leader(granted: Mapping[str, Any], survey: SurveyRound) -> Who | None:
    """Who a device is to a survey's controls: those of its conference, or an organiser."""
    return leader(granted, survey.conference or survey.id) if survey.opened else None


def adviser(granted: Mapping[str, Any], log: str) -> Who | None:
    """The adviser a device is in a conference. Two advisers at one device are told apart by their role in words."""
    if log not in granted.get("advises", []):
        return None
    words = str(granted.get("roles", {}).get(log, ""))
    return Who("adviser", sha256(f"{granted.get('device')} {log} {words}".encode()).hexdigest()[:12], words)


def hears(granted: Mapping[str, Any], conference: Conference, view: str) -> bool:
    """Whether a device may be told when a view changes: a seat that of its own group and the agency cards, an adviser
    what those who lead see."""
    log = conference.id
    if leader(granted, log):
        return True
    mine = {seat for sat, seat in granted.get("seats", []) if sat == log}
    heard = [table(seat.group) for seat in conference.seats.values() if seat.id in mine]
    heard += [CONTACTS] if mine else []
    heard += [PROJECTOR] if log in granted.get("walls", []) else []
    heard += [LEAD] if log in granted.get("advises", []) else []
    return view in heard


def hears_survey(granted: Mapping[str, Any], survey: SurveyRound) -> bool:
    """Whether a device may be told when a survey's counter moves: those who lead it, and the wall of its conference."""
    on_wall = survey.opened and survey.conference in granted.get("walls", [])
    return on_wall or survey_leader(granted, survey) is not None


def spoken() -> str:
    """The language of this run: nothing has to be read for it."""
    asked = st.query_params.get("lang") or st.context.cookies.get(LANGUAGE_COOKIE, "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def attempt(visitor: Visit, action: Callable[[], Any]) -> bool:
    """Carry out a command from a page; a refusal is said where the button was, in the visitor's language, and to an
    organiser what helps, where somebody can put the store right."""
    try:
        action()
    except (Refused, StoreError) as refusal:
        said = st.session_state.setdefault("refused", [])
        said += sentences(refusal, visitor.language)
        if isinstance(refusal, PASSING) and visitor.organiser:
            said += steps(refusal, visitor.language)
        return False
    return True


def sentences(refusal: Exception, language: str) -> list[str]:
    """What a refusal says to people, one sentence per reason. It may say again what was sent, whatever that was."""
    if isinstance(refusal, RefusedFields):
        said = [(f"refused.{problem.key}", problem.params) for problem in refusal.problems]
    elif isinstance(refusal, Refused):
        said = [(f"refused.{refusal.key}", refusal.params)]
    elif isinstance(refusal, StoreError):
        said = [(refusal.key, refusal.detail)]
    else:
        raise refusal
    return [sayable(say(language, key, **params)) for key, params in said]


def wrong_fields(refusal: Exception) -> list[str]:
    """The names of the fields that a refusal is about."""
    return [sayable(problem.field) for problem in refusal.problems] if isinstance(refusal, RefusedFields) else []


def stays(visitor: Visit) -> None:
    """For a part of a page: what a visitor may do is asked anew whenever it is drawn. Whose grants are others by now
    (the device left, the password was changed, a day went by) has the whole page drawn anew."""
    if visit().grants != visitor.grants:
        st.rerun()


def standing(visitor: Visit, log: str) -> Conference:
    """The conference that a part of a page follows. One that was deleted meanwhile has the whole page drawn anew."""
    stays(visitor)
    conference = visitor.house.conference(log)
    if not conference.opened:
        st.rerun()
    return conference


def advised(visitor: Visit) -> Conference | None:
    """The conference this page is about (`?c=`), if the visitor advises or leads it."""
    log = st.query_params.get("c", "")
    if not log or visitor.advises(log) is None:
        return None
    conference = visitor.house.conference(log)
    return conference if conference.opened else None


def current(visitor: Visit) -> Conference | None:
    """The conference this page is about (`?c=`), if the visitor may lead it."""
    log = st.query_params.get("c", "")
    if not log or visitor.leads(log) is None:
        return None
    conference = visitor.house.conference(log)
    return conference if conference.opened else None
