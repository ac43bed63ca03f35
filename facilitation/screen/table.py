"""The tablet of a table: whose it is, what it may do, and what every form on the device is given."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from facilitation.access import Who
from facilitation.agencies import AGENCIES
from facilitation.conference import Conference
from facilitation.scenario import Case
from facilitation.screen.boxes import boxes
from facilitation.screen.visit import Visit, attempt
from facilitation.texts import catalogue


class Table:
    """One seat's view of its conference, for one run."""

    def __init__(self, visitor: Visit, conference: Conference, seat: str, token: str) -> None:
        self.visitor, self.conference, self.token = visitor, conference, token
        self.seat = conference.seats[seat]
        self.who = Who("seat", seat)
        self.case: Case = visitor.house.case(conference, visitor.language)
        self.say = visitor.say
        self.group = self.seat.group
        self.fiction = visitor.house.fiction(conference.case)

    def do(self, verb: Callable[..., Any], **fields: Any) -> None:
        """Carry out a command and draw anew."""
        self.write(verb, **fields)
        st.rerun()

    def write(self, verb: Callable[..., Any], **fields: Any) -> bool:
        """Carry out a command; whether it was."""
        return attempt(self.visitor, lambda: self.visitor.house.send(self.conference.id, verb, self.who, **fields))

    def base(self) -> dict[str, Any]:
        """Who sends, and the card form's words."""
        words = words_of(self.visitor.language)
        return {**self.sender(), "words": words}

    def sender(self) -> dict[str, Any]:
        """Who sends; and under which name the device keeps what is not sent yet: each group's for itself, so that no
        table finds another one's words on a tablet that was moved."""
        seat, group = self.seat.id, self.group
        return {
            "log": self.conference.id,
            "seat": seat,
            "group": group,
            "token": self.token,
            "keep": f"{seat}.{group}",
        }

    def boxes(self, about: str, text: str) -> dict[str, Any]:
        """What stands under a piece this table wrote."""
        return boxes(self.conference, about, [text], self.fiction, self.visitor.language)

    def type_of(self, code: str) -> dict[str, str]:
        """An agency type as the forms on the device want it."""
        return type_of(code, self.visitor.language)


def words_of(language: str) -> dict[str, str]:
    """The words of the forms on a device."""
    found = catalogue(language).items()
    return {key.removeprefix("writer."): text for key, text in found if key.startswith("writer.")}


def type_of(code: str, language: str) -> dict[str, str]:
    """An agency type as the forms on the device want it."""
    agency = AGENCIES[code]
    return {"code": code, "name": agency.short(language), "family": agency.family}
