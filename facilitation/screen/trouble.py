"""What everybody must know of the store while a page is open: for viewing only, damaged, full."""

import logging

from facilitation.access import Refused
from facilitation.screen.house import house
from facilitation.screen.parts import el, notice, picture
from facilitation.screen.rescue import steps
from facilitation.screen.visit import Visit, sentences, spoken
from facilitation.store import DamagedStore, StoreError


def banner(visitor: Visit, page: str) -> None:
    """A band on every page while nothing can be written; for organisers with the steps that help."""
    here = visitor.house
    if not (here.damage or here.store.read_only):
        return
    key = "banner.damaged" if here.damage else "banner.read_only"
    words = [el("p", el("b", visitor.say(key)), " ", visitor.say("banner.device"))]
    if here.damage and visitor.organiser and page != "projector":
        todo = [el("li", step) for step in steps(here.damage, visitor.language)]
        words.append(el("details", el("summary", visitor.say("banner.lead")), el("ol", todo)))
    picture(el("div.store-banner" + (".on-wall" if page == "projector" else ""), words, role="status"), key="banner")


def say_instead(error: Exception) -> bool:
    """The framework asks here before it shows an error of a page: the store's refusals, and those of what a page needs
    (a case that is gone), have words of their own."""
    if not isinstance(error, StoreError | Refused):
        return False
    if isinstance(error, DamagedStore):
        house().damage = error
    try:
        for sentence in sentences(error, spoken()):
            notice(sentence)
    except Exception:
        logging.getLogger(__name__).exception("a page's trouble could not be said")
        return False
    return True
