"""The front page: join by code; for those with a key, the conferences of this house."""

import streamlit as st

from facilitation import limits
from facilitation.access import Refused
from facilitation.code import LONG, read_code, shown
from facilitation.screen import account
from facilitation.screen.house import PAGES
from facilitation.screen.listing import listing, not_listed, open_questions, title
from facilitation.screen.parts import el, go, notice, picture
from facilitation.screen.survey_list import surveys
from facilitation.screen.visit import Visit, sentences
from facilitation.screen.warnings import warnings
from facilitation.store.opening import data_folder

SECONDS = [str(n) for n in range(61)]
"""How long somebody may be told to wait."""


def front(visitor: Visit) -> None:
    """For guests: the code, the way back to a seat they have, and a quiet door for those who lead."""
    _refusal(visitor, st.query_params.get("refused", ""))
    account.come_in(visitor)
    with st.container(key="door", width=520):
        picture(
            el("section.door", el("h1", visitor.say("door.title")), el("p", visitor.say("door.ask"))), key="door-top"
        )
        _ask_code(visitor)
        _back_to_seats(visitor)
        _back_to_advice(visitor)
        with st.expander(visitor.say("door.leads")):
            _sign_in(visitor)


def _refusal(visitor: Visit, key: str) -> None:
    """What a route refused: one of a few sentences, never what stands in the address."""
    wait = st.query_params.get("wait", "")
    known: dict[str, dict[str, int]] = {
        "key": {},
        "sign_in.password": {},
        "seat.old_token": {},
        "seat.full": {"most": limits.SEATS},
        "tries.wait": {"seconds": int(wait) if wait in SECONDS else 60},
    }
    if key == "conference.ended":
        notice(visitor.say("door.ended"))  # who comes to the door has written nothing here
    elif key in known:
        notice(visitor.say(f"refused.{key}", **known[key]))
    elif key in ("store.full", "store.read_only", "store.damaged"):
        notice(visitor.say(key, path=data_folder()))
    elif key:
        notice(visitor.say("store.failed"))


def _ask_code(visitor: Visit) -> None:
    wrong = st.query_params.get("wrong", "")
    with st.form("join", border=False):
        typed = st.text_input(
            visitor.say("door.code"), value=wrong, placeholder=visitor.say("door.example"), max_chars=40
        )
        pressed = st.form_submit_button(visitor.say("door.enter"), type="primary", width="stretch")
    code = read_code(typed) or read_code(typed, LONG)
    if pressed and code:
        go(f"/join/{code}")  # looked up there and nowhere else: behind the limits, with the device's cookie at hand
    elif (pressed and typed) or wrong:
        key = "door.wrong" if code else "door.short"
        notice(visitor.say(key, found=shown(code) if code else ""))


def _back_to_seats(visitor: Visit) -> None:
    for log, seat in visitor.seats()[:3]:
        conference = visitor.house.readable(log)
        found = conference.seats.get(seat) if conference else None
        if conference and found and conference.opened:
            group = visitor.say("group", n=found.group) if found.group else ""
            words = visitor.say("door.back", title=title(visitor, conference), group=group)
            picture(el("a.button", words, href=f"/tablet?s={seat}"), key=f"back-{seat}")


def _back_to_advice(visitor: Visit) -> None:
    for log in reversed(visitor.grants.get("advises", [])[-2:]):
        conference = visitor.house.readable(log)
        if conference and conference.opened:
            words = visitor.say("door.back_adviser", title=title(visitor, conference))
            picture(el("a.button", words, href=f"/advise?c={log}"), key=f"advice-{log}")


def _sign_in(visitor: Visit) -> None:
    account.ask(visitor)
    st.text(visitor.say("door.leads_how"))
    with st.form("sign-in", border=False):
        password = st.text_input(visitor.say("door.password"), type="password")
        pressed = st.form_submit_button(visitor.say("door.sign_in"))
    if pressed:
        _signed_in(visitor, password)


def _signed_in(visitor: Visit, password: str) -> None:
    """In with the right password; a wrong one is said, and gives a device without a number one to be counted by."""
    try:
        right = visitor.house.password_is(password, visitor.grants.get("device", ""))
    except Refused as refusal:
        for sentence in sentences(refusal, visitor.language):
            notice(sentence)
        return
    if right:
        go(f"/enter/{visitor.house.sign({'enter': 'password'})}")
        return
    notice(visitor.say("refused.sign_in.password"))
    if "device" not in visitor.grants:
        go("/enter/x?typed=1")


def home(visitor: Visit) -> None:
    """For organisers: the conferences of this house, the running ones first."""
    picture(el("section.home", el("h1", visitor.say("home.title"))), key="home-title")
    for warning in warnings(visitor.house, visitor.language):
        notice(warning)
    found = visitor.house.conferences()
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(visitor.say("home.new"), type="primary", icon=":material/add:"):
            st.switch_page(PAGES / "open.py")
        if any(each.outcome for each in found):
            picture(el("a.button", visitor.say("year.home"), href="/year"), key="to-year")
    not_listed(visitor)
    listing(visitor, found)
    surveys(visitor)
    open_questions(visitor, found)
    quiet = (
        ("bringing.title", "/bring"),
        ("keeping.home", "/keeping"),
        ("audit.title", "/audit"),
        ("password.title", "/password"),
        ("home.leave", "/leave"),
    )
    picture(el("p", [el("a.quiet", visitor.say(key), href=address) for key, address in quiet]), key="leave")
