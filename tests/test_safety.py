"""The way to somebody who helps (domain §5.6) stands on every screen there is, for whoever looks."""

import re

import pytest
from meeting import FACILITATOR, LOG, ONE, hosted
from starlette.requests import Request
from starlette.routing import Route
from test_pages import LEAD, THERE, said, visitor
from test_routes import a_device, with_grants

from facilitation import commands
from facilitation.keyring import LOG as HOUSE
from facilitation.screen import closed
from facilitation.screen.room import survey_path
from facilitation.screen.routes import routes
from facilitation.screen.safety import LINES
from facilitation.store import StoreError, UnreadableLog
from facilitation.store.tries import Tries
from facilitation.texts import say

ROLES = {
    "guest": {},
    "seat": {"seats": [[LOG, ONE.seat]]},
    "adviser": {"advises": [LOG], "roles": {LOG: "医師"}, "device": "d"},
    "facilitator": LEAD,
    "organiser": {"organiser": True},
}


@pytest.fixture
def here(house):
    hosted(house)
    house.send(LOG, commands.set_venue, FACILITATOR, person="相談員 <b>の方", room="小会議室", contacts="こころの窓口")
    return house


@pytest.fixture
def survey(here):
    here.give_survey(here.conference(LOG), FACILITATOR, "春の検討会")
    return here.surveys.survey(here.conference(LOG).survey)


def panel(page):
    """What the panel of a page of ours says, its tags taken out."""
    found = re.search(r'<details class="safety">(.*?)</details>', page.text, re.S)
    return re.sub(r"<[^>]+>", " ", found[1]) if found else ""


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", THERE)
def test_every_page_has_it_whoever_looks(here, page, role):
    for language in ("ja", "en"):
        words = said(visitor(page, ROLES[role], c=LOG, lang=language))
        assert any(say(language, "safety.button") in text for text in words), language


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_of_a_phone_has_it_with_the_same_words(here, survey, language):
    words = panel(a_device().get(f"{survey_path(survey)}&lang={language}"))
    texts = ("button", "intro", "national", "emergency", "person", "room", "contacts", *LINES)
    assert [say(language, f"safety.{each}") in words for each in texts] == [True] * len(texts)
    assert ["小会議室" in words, "こころの窓口" in words] == [True] * 2
    assert "相談員 &lt;b&gt;の方" in words


@pytest.mark.parametrize("typed", ["AAAAAA", "x"])
def test_a_phone_that_found_no_survey_has_it_too(here, typed):
    words = panel(a_device().get(f"/s/{typed}"))
    assert (say("ja", "safety.button") in words, say("ja", "safety.ask_staff") in words) == (True, True)


def test_a_phone_that_has_to_wait_has_it_too(here):
    here.tries = Tries(here.store, lambda: 0.0)  # all within one minute, whenever this runs
    pages = [a_device().get(f"/s/{code}AAAA") for code in ("AA", "AC", "AD") for _ in range(21)]
    assert pages[-1].status_code == 429 and say("ja", "safety.button") in panel(pages[-1])


def test_opening_it_is_a_matter_of_the_device_alone(here, survey):
    """No script, no form, no address of this server: it opens without any, and there is nothing to send."""
    page = a_device().get(survey_path(survey)).text
    inside = re.search(r'<details class="safety">(.*?)</details>', page, re.S)[1]
    assert re.findall(r'(?:href|src|action|on\w+)="(?!tel:|https://www\.mhlw\.go\.jp)', inside) == []
    assert not re.search(r"<(script|form|img|iframe|button)", inside)


# --- every page that a browser is sent -------------------------------------------------------------------------------

ON_PAPER = ("/record/{log}", "/paper/{log}", "/keys/{log}", "/survey-paper/{log}", "/survey-cards/{log}")
"""Sheets to print or to keep: what stands there is read without a screen, and by people who were not there."""


def sent(here, survey, path):
    """What an organiser's browser is sent at the address of a route."""
    log = survey.id if "survey" in path else LOG
    words = {"{log}": log, "{code}": survey.code, "{language}": "ja", "{view}": "group-1", "{key}": "x", "{token}": "x"}
    for place, word in words.items():
        path = path.replace(place, word)
    device = with_grants(here, organiser=True)
    return device.get(f"{path}?form=pre&k={survey.key}&run=1", follow_redirects=False)


def test_every_page_that_is_sent_has_it_but_what_is_for_paper(here, survey):
    paths = [each.path for each in routes() if isinstance(each, Route) and "GET" in each.methods]
    pages = {path: answer for path in paths if is_page(answer := sent(here, survey, path))}
    assert [each.status_code for each in pages.values()] == [200] * len(pages)
    assert {*ON_PAPER, "/", "/tablet", "/projector", "/s/{code}"} <= set(pages), "the walk does not see what there is"
    without = {path for path, answer in pages.items() if say("ja", "safety.emergency") not in panel(answer)}
    assert without == set(ON_PAPER)


def is_page(answer):
    return answer.headers.get("content-type", "").startswith("text/html")


@pytest.mark.parametrize(
    "refusal", [StoreError(), OSError(28, "full"), UnreadableLog(log=LOG, entry=3), UnreadableLog(log=HOUSE, entry=3)]
)
def test_a_house_that_does_not_open_and_a_conference_that_cannot_be_read_leave_nobody_alone(here, refusal):
    """That page comes anew every few seconds and may run no script: what was opened would be shut."""
    asked = {"type": "http", "method": "GET", "path": "/tablet", "query_string": b"", "headers": []}
    page = closed._said_to(Request(asked), refusal).body.decode()
    assert "<details" not in page
    for language in ("ja", "en"):
        button, words = re.escape(say(language, "safety.button")), re.sub(r"<[^>]+>", " ", page)
        assert re.search(f'<a lang="{language}" href="#safety-{language}">{button}</a>', page)
        assert f'id="safety-{language}"' in page
        texts = ("intro", "ask_staff", "national", "emergency", *LINES)
        assert [say(language, f"safety.{each}") in words for each in texts] == [True] * len(texts)
    assert [page.count(f'href="tel:{number}"') for number in LINES.values()] == [2] * len(LINES)
