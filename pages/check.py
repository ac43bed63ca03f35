"""The connection check before the guests come."""

import streamlit as st

from facilitation.screen.frame import not_found
from facilitation.screen.hub import ARRIVALS
from facilitation.screen.network import qr
from facilitation.screen.parts import NEVER, el, live, picture
from facilitation.screen.room import candidates
from facilitation.screen.visit import stays, visit

visitor = visit()
say = visitor.say


@st.fragment(run_every=NEVER)
def arrived() -> None:
    """How many devices have the green page open now (they hold the change stream)."""
    stays(visitor)
    hub = visitor.house.hub
    live("check", ARRIVALS, hub.revision("check", ARRIVALS), {"lost": say("tablet.lost")})
    n = hub.listening("check", "devices")
    picture(el("p.arrived" + (".yes" if n else ""), say("check.some", n=n) if n else say("check.none")), key="arrived")


if visitor.organiser or visitor.grants.get("leads"):
    offered = candidates()
    address = st.selectbox(say("desk.address"), offered) if len(offered) > 1 else offered[0]
    link = f"{address}/hello"
    picture(
        el(
            "section.check",
            el("div", el("h1", say("check.title")), el("p.story", say("check.how"))),
            el("div.qr", el("img", src=qr(link), alt="QR"), el("p.address", link)),
        ),
        key="check",
    )
    arrived()
    reasons = ("firewall", "isolation", "hotspot", "wrong", "paper")
    picture(
        el(
            "section.card",
            el("h2", say("check.trouble")),
            el("ol.reasons", [el("li", say(f"check.{r}")) for r in reasons]),
        ),
        key="reasons",
    )
else:
    not_found(visitor)
