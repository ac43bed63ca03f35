"""Before a conference is opened: does its name, its region or how its adviser is called tell of somebody real?

These words stand on the wall, on tablets and in every file from the first moment, so they cannot wait on a table of
their own as others do (`checked`): who opens is asked before, and is never stopped. An institution's name is no
question here: whoever hosts an evening is meant to be named.
"""

from typing import Any

import streamlit as st

from facilitation.personal_data import hits
from facilitation.scenario import Case
from facilitation.screen.parts import el, picture
from facilitation.screen.visit import Visit

ASKED = "asked"
"""In what was chosen: what was prepared when the start button was pressed, while the question stands."""

HOST = "facility"


def may_open(visitor: Visit, case: Case, chosen: dict[str, Any]) -> bool:
    """Whether there is nothing to ask, or it was answered: keep it, it is fictional."""
    titled = _found(visitor, case, (chosen["title"], chosen["region"]))
    found = {**titled, **_found(visitor, case, (str(chosen[ASKED].get("adviser") or ""),))}
    if not found:
        return True
    say = visitor.say
    words = say("checking.between").join(say("checking.found", words=each) for each in found)
    asked = [el("p", say("checking.box", words=words)), el("p.muted", say("open.everywhere"))]
    picture(el("div.somebody", asked, role="status"), key="somebody")
    with st.container(horizontal=True):
        rewrite = st.button(say("checking.rewrite"), key="rewrite")
        keep = st.button(say("open.keep"), key="keep")
    if rewrite:
        del chosen[ASKED]
        chosen["step"] = 1 if titled else chosen["step"]
        st.rerun()
    return keep


def _found(visitor: Visit, case: Case, texts: tuple[str, ...]) -> dict[str, None]:
    """The words that may name somebody, each once; people of the case are nobody."""
    fiction = visitor.house.fiction(case.id)
    return dict.fromkeys(hit.words for text in texts for hit in hits(text, fiction) if hit.kind != HOST)
