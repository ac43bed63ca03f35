"""F4, F6, F29: what people see while the store refuses whatever is asked, and that each page comes back."""

import time

import pytest
from meeting import CASES, LOG, ONE, hosted
from streamlit.runtime.scriptrunner import exec_code
from test_pages import desk, organiser, press, said, sees, sound, tablet, visitor, wall

from facilitation.screen import trouble
from facilitation.screen.house import House, stand_in
from facilitation.screen.rescue import steps
from facilitation.screen.trouble import say_instead
from facilitation.screen.visit import sentences
from facilitation.store import FRESH, DatabaseRefuses, StoreBusy, TablesGone, Unreachable
from facilitation.store.memory import MemoryStore
from facilitation.texts import say

LOST = [DatabaseRefuses(code="42501"), TablesGone(), Unreachable(seconds=10), StoreBusy(seconds=10)]


class Lost(MemoryStore):
    """A store of several servers that refuses everything, or only what is to be written."""

    shared = True
    refuses = writes_refused = None

    def revision(self, log):
        self._answer()
        return super().revision(log)

    def entries(self, log, after=0):
        self._answer()
        return super().entries(log, after)

    def logs(self, kind=None):
        self._answer()
        return super().logs(kind)

    def append(self, *asked):
        self._answer()
        if self.writes_refused:
            raise self.writes_refused
        return super().append(*asked)

    def _answer(self):
        if self.refuses:
            raise self.refuses


@pytest.fixture
def here():
    house = House(Lost(), CASES)
    stand_in(house)
    hosted(house)
    yield house
    stand_in(None)


@pytest.fixture(autouse=True)
def as_served(monkeypatch):
    """A page's trouble is said as the server has it said (`app.py`), of which these visitors know nothing."""
    told = exec_code.handle_user_script_exception
    monkeypatch.setattr(exec_code, "handle_user_script_exception", lambda error, _: told(error, say_instead))


def lose(here, refusal):
    here.store.refuses = refusal
    time.sleep(2 * FRESH)  # readings of a shared store hold for a moment


PAGES = {
    "front": lambda here, language: visitor("welcome", lang=language),
    "organisers' front": lambda here, language: organiser(lang=language),
    "desk": lambda here, language: desk(lang=language),
    "organiser's desk": lambda here, language: organiser("facilitate", c=LOG, lang=language),
    "wall": lambda here, language: wall(lang=language),
    "tablet": lambda here, language: tablet(here, ONE, lang=language),
}


TRIED = [(LOST[0], page, language) for page in PAGES for language in ("ja", "en")]
TRIED += [(refusal, "organiser's desk", "ja") for refusal in LOST[1:]]


@pytest.mark.parametrize(("refusal", "page", "language"), TRIED)
def test_f04_a_page_that_can_read_nothing_says_why_below_its_header_and_comes_back(here, refusal, page, language):
    at = sound(PAGES[page](here, language), language)
    before = said(at)
    lose(here, refusal)
    at.run()
    (why,), todo = sentences(refusal, language), steps(refusal, language)
    assert not at.exception
    assert said(at).count(say(language, "app.title")) == 1
    assert sees(at, why, say(language, "safety.button"), *todo) == [True, True, page.startswith("organiser")]
    here.store.refuses = None
    assert said(sound(at.run(), language)) == before


def test_f04_an_organisers_wall_shows_the_room_no_steps(here, monkeypatch):
    at = organiser("projector", c=LOG)
    monkeypatch.setattr(trouble.st.context.__class__, "url", "http://localhost/projector?c=x")
    refusal = DatabaseRefuses(code="42501")
    lose(here, refusal)
    at.run()
    assert sees(at, *sentences(refusal, "ja"), *steps(refusal, "ja")) == [True, False]


@pytest.mark.parametrize("refusal", LOST, ids=lambda refusal: refusal.key)
def test_f04_a_press_at_the_desk_is_answered_with_the_cause_and_an_organiser_with_what_helps(here, refusal):
    wanted = [*sentences(refusal, "ja"), *steps(refusal, "ja")]
    here.store.writes_refused = refusal
    for at, seen in ((desk(), [True, False]), (organiser("facilitate", c=LOG), [True, True])):
        (way_on,) = [each.label for each in at.button if each.label.startswith(say("ja", "desk.next", step=""))]
        assert sees(press(at, way_on), *wanted) == seen
        assert here.conference(LOG).here.kind == "scene"
    here.store.writes_refused = None
    at = press(desk(), way_on)
    assert (sees(at, wanted[0]), here.conference(LOG).here.kind) == ([False], "reveal")


def test_f04_a_page_that_said_so_asks_again_by_itself(here, monkeypatch):
    """The part that is drawn again and again runs the page, but not when it is drawn with it."""
    at, again = wall(), []
    monkeypatch.setattr(trouble.st, "rerun", lambda: again.append(True))
    lose(here, TablesGone())
    at.run()
    assert (again, trouble.WAITS in at.session_state) == ([], False)
    monkeypatch.setattr(trouble.st, "session_state", {})
    trouble._again.__wrapped__()
    assert again == [True]
