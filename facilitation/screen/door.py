"""The front page: join by code; for those with a key, the conferences of this house."""

import streamlit as st

from facilitation import limits
from facilitation.access import Refused
from facilitation.agencies import AGENCIES
from facilitation.barriers import barriers
from facilitation.code import LONG, read_code, shown
from facilitation.conference import Conference, statements
from facilitation.path import BARRIERS, STAGES
from facilitation.screen import account
from facilitation.screen.house import PAGES
from facilitation.screen.parts import Node, el, go, notice, picture
from facilitation.screen.survey_list import surveys
from facilitation.screen.visit import Visit, sentences
from facilitation.screen.warnings import warnings
from facilitation.statements import Statement
from facilitation.store import StoreError
from facilitation.store.opening import data_folder


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
        "conference.ended": {},
        "tries.wait": {"seconds": min(int(wait), 60) if wait.isdecimal() else 60},
    }
    if key in known:
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
        conference = visitor.house.conference(log)
        found = conference.seats.get(seat)
        if found and conference.opened:
            group = visitor.say("group", n=found.group) if found.group else ""
            words = visitor.say("door.back", title=title(visitor, conference), group=group)
            picture(el("a.button", words, href=f"/tablet?s={seat}"), key=f"back-{seat}")


def _back_to_advice(visitor: Visit) -> None:
    for log in reversed(visitor.grants.get("advises", [])[-2:]):
        conference = visitor.house.conference(log)
        if conference.opened:
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
        st.session_state["granted"] = {"organiser": visitor.house.keyring.turn}
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
    if st.button(visitor.say("home.new"), type="primary", icon=":material/add:"):
        st.switch_page(PAGES / "open.py")
    found = visitor.house.conferences()
    rows = [_row(visitor, conference) for conference in sorted(found, key=lambda c: c.ended)]
    picture(el("div.list", rows or el("p.empty", visitor.say("home.none"))), key="conferences")
    surveys(visitor)
    _open_questions(visitor, found)
    quiet = (
        ("bringing.title", "/bring"),
        ("keeping.home", "/keeping"),
        ("audit.title", "/audit"),
        ("password.title", "/password"),
        ("home.leave", "/leave"),
    )
    picture(el("p", [el("a.quiet", visitor.say(key), href=address) for key, address in quiet]), key="leave")


def _open_questions(visitor: Visit, found: list[Conference]) -> None:
    """「次回の問い」: what was hard and has no answer yet, carried on from every conference that ended (C7)."""
    rows = [row for conference in found if conference.ended for row in _questions(visitor, conference)]
    if rows:
        count = el("summary", visitor.say("home.questions", n=len(rows)))
        picture(el("details.own-map", count, el("ul.questions", rows)), key="questions")


def _questions(visitor: Visit, conference: Conference) -> list[Node]:
    spoken = visitor.language
    asked = barriers(statements(conference.cards.values(), texts=False)).open_questions
    head = f"{conference.date} {title(visitor, conference)}"
    return [
        el("li", el("span.muted", head, " · "), visitor.say("home.question", **_words(question, spoken)))
        for question in asked
    ]


def _words(question: Statement, language: str) -> dict[str, str]:
    reason = BARRIERS[question.reason].name(language) if question.reason else "–"
    return {
        "type": AGENCIES[question.type].short(language),
        "stage": STAGES[question.stage].short(language),
        "reason": reason,
    }


def _row(visitor: Visit, conference: Conference) -> object:
    links = [
        ("facilitate", f"/facilitate?c={conference.id}"),
        ("projector", f"/projector?c={conference.id}"),
        ("map", f"/map?c={conference.id}"),
        ("record", f"/record/{conference.id}?show=1"),
        ("along", f"/along?c={conference.id}"),
    ]
    state = visitor.say("home.ended" if conference.ended else "home.running")
    cards = sum(card.readable for card in conference.cards.values())
    return el(
        "article.card.conference",
        el(
            "div",
            el("b", title(visitor, conference)),
            el(
                "span.muted",
                conference.date,
                " · ",
                shown(conference.code),
                " · ",
                state,
                " · ",
                visitor.say("home.cards", n=cards),
            ),
            el("span.sample", visitor.say("demo.mark")) if conference.demo else None,
        ),
        el("nav", [el("a.button", visitor.say(f"home.{name}"), href=address) for name, address in links]),
    )


def title(visitor: Visit, conference: Conference) -> str:
    """The conference's name, or its case's title where it has none."""
    if conference.title:
        return conference.title
    try:
        return visitor.house.case(conference, visitor.language).title
    except (Refused, StoreError) as refusal:
        return sentences(refusal, visitor.language)[0]
