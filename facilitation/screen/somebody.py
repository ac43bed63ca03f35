"""Words of those who lead that stand on screens and in files from the first moment: do they tell of somebody real?

They cannot wait on a table of their own as others do (`checked`), and who types them is who would release them. So who
presses the button is asked before anything is written, and is never stopped. An institution's name is no question here:
whoever hosts an evening is meant to be named.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from facilitation.personal_data import hits
from facilitation.screen.parts import el, picture
from facilitation.screen.visit import Visit

HOST = "facility"


def may_stand(
    visitor: Visit,
    place: str,
    pressed: bool,
    typed: Sequence[str],
    *,
    where: str,
    keep: str = "checking.keep",
    case: str = "",
    back: Callable[[], None] = lambda: None,
) -> bool:
    """Whether `typed` may be written now: `pressed` was the button, and there is nothing to ask, or it was answered.

    The question stands at this `place` of the tab until it is answered or other words are there; `where` says where
    they will be seen, `back` leads to the fields again.
    """
    asked = f"asked-{place}"
    if pressed:
        st.session_state[asked] = tuple(typed)
    if st.session_state.get(asked) != tuple(typed):
        st.session_state.pop(asked, None)
        return False
    if found := names(visitor, typed, case):
        rewrite, kept = _ask(visitor, place, found, where, keep)
        if not (rewrite or kept):
            return False
        if rewrite:
            del st.session_state[asked]
            back()
            st.rerun()
    del st.session_state[asked]
    return True


def names(visitor: Visit, texts: Sequence[str], case: str) -> list[str]:
    """The words that may name somebody, each once; people of the case are nobody."""
    fiction = visitor.house.fiction(case)
    return list(dict.fromkeys(hit.words for text in texts for hit in hits(text, fiction) if hit.kind != HOST))


def _ask(visitor: Visit, place: str, found: Sequence[str], where: str, keep: str) -> tuple[bool, bool]:
    """The yellow box, and which of its two buttons was pressed."""
    say = visitor.say
    words = say("checking.between").join(say("checking.found", words=each) for each in found)
    asked = [el("p", say("checking.box", words=words)), el("p.muted", say(where))]
    picture(el("div.somebody", asked, role="status"), key=f"somebody-{place}")
    with st.container(horizontal=True):
        return st.button(say("checking.rewrite"), key=f"rewrite-{place}"), st.button(say(keep), key=f"keep-{place}")
