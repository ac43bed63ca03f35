"""The table of who may do what (F23), tried row by row: the verbs, `POST /do`, routes, streams and pages.

A verb, route or page without a row fails here. Every row is also tried from the other side: what it allows works.
"""

import importlib
import inspect
import pkgutil

import pytest
from meeting import CASES, LOG, ONE, Room, card_fields, hosted, meeting, opening
from meeting import FACILITATOR as LEADING
from meeting import ORGANISER as ORGANISING
from polled import SURVEY, WELL, Poll, event
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import WebSocketDenialResponse
from test_pages import said, visitor
from test_routes import OWN, goes_to, with_grants

import facilitation
from facilitation import cards, checked, commands, deleting, sharing, survey_commands, survey_texts
from facilitation.access import Refused, Who
from facilitation.conference import Conference
from facilitation.fill import PAPER
from facilitation.keyring import Keyring
from facilitation.screen.first_page import first_page
from facilitation.screen.house import PAGES as PAGE_FILES
from facilitation.screen.routes import ADVISER_VERBS, SEAT_VERBS, _sender, routes
from facilitation.screen.survey_house import Surveys
from facilitation.screen.visit import survey_leader
from facilitation.sheet import read_cards
from facilitation.survey_round import SurveyRound
from facilitation.texts import say
from tests.who_may import ALL, DEVICES, KEY, PAGES, ROUTES, STREAMS, VERBS, table, written

OTHER = "2024-04-01-AAAAAA"
ASKED, ASKED_CODE = "survey-2024-03-01-HHHHHH", "HHHHHH"
"""The survey of the conference, and its code."""

GRANTS = {
    "guest": {},
    "seat": {"seats": [[LOG, "seat-one"]]},
    "other_group": {"seats": [[LOG, "seat-two"]]},
    "elsewhere": {"seats": [[OTHER, "seat-elsewhere"]]},
    "adviser": {"advises": [LOG], "roles": {LOG: "医師"}, "device": "d"},
    "other_adviser": {"advises": [OTHER], "roles": {OTHER: "医師"}, "device": "d"},
    "wall": {"walls": [LOG]},
    "facilitator": {"leads": [LOG]},
    "other_facilitator": {"leads": [OTHER]},
    "organiser": {"organiser": True},
}
SEATS = {"seat": "seat-one", "other_group": "seat-two", "elsewhere": "seat-elsewhere"}


def acting(device, survey=None):
    """Who a device is where a verb is carried out: what pages and routes make of its cookie."""
    if survey is not None:
        found = survey_leader(GRANTS[device], survey)
    else:
        found = _sender(GRANTS[device], None, LOG, SEATS.get(device, ""))
    return found or Who("guest")


# --- complete --------------------------------------------------------------------------------------------------------


def verbs():
    """Every function of the core that is asked on somebody's behalf and answers with drafts, by `module.name`."""
    found = {}
    for module in pkgutil.iter_modules(facilitation.__path__):
        if module.ispkg or module.name == "__main__":
            continue
        loaded = importlib.import_module(f"facilitation.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_") and _is_verb(function):
                found[f"{module.name}.{name}"] = function
    return found


def _is_verb(function):
    signature = inspect.signature(function)
    asked = [parameter.annotation for parameter in signature.parameters.values()]
    return Who in asked and "Draft" in str(signature.return_annotation)


def doors():
    """Every route of ours, `GET /record/{log}`; sockets are the streams."""
    found = set()
    for route in routes():
        if isinstance(route, Mount):
            found.add("GET /" + route.path.split("/")[1])
        elif isinstance(route, Route) and route.endpoint is not first_page:  # what a page shows, its row of PAGES says
            found |= {f"{method} {route.path}" for method in route.methods - {"HEAD"}}
    return found


def test_every_verb_every_route_and_every_page_has_its_row():
    assert set(verbs()) == set(VERBS)
    assert doors() == set(ROUTES)
    assert {page.stem for page in PAGE_FILES.glob("*.py")} == set(PAGES)
    assert [route.path for route in routes() if isinstance(route, WebSocketRoute)] == ["/live/{log}/{view}"]
    assert set(GRANTS) == set(DEVICES)


def test_the_document_shows_the_table_as_it_is_tried_here():
    assert written() == table(), "python -m tests.who_may writes it anew"


# --- verbs -----------------------------------------------------------------------------------------------------------


def evening():
    """Two tables that have written, a heart, a note, a next step; the clock runs."""
    room = meeting()
    room.send(commands.set_table, ONE, people={"CONSULT": 1})
    room.write(ONE)
    room.write(Who("seat", "seat-two"), card="card-0002", stage="S3")
    room.send(sharing.give_heart, ONE, card="card-0002", type="HC")
    room.send(sharing.write_next_step, ONE, step="step-0001", type="HC", to="MED", text="電話する")
    room.send(sharing.review_map, ONE, note="note-0001", about=2, text="こちらでもできます")
    room.send(commands.write_line, ONE, type="HC", text="お電話ください")
    return room.now


def stopped():
    room = meeting()
    room.send(commands.pause_timer, LEADING, spent=3.0)
    return room.now


def unread():
    """A table that has not read the ground rules."""
    room = Room()
    room.sit(ONE, 1, rules=False)
    room.sit(Who("seat", "seat-two"), 2, rules=False)
    return room.now


def deleted():
    room = meeting()
    room.send(deleting.delete_conference, ORGANISING, named="春の検討会")
    return room.now


def named(kept=False):
    """A card of the first table that may name somebody real, kept by the table or not yet."""
    room = meeting()
    written = {"card": "card-0001", "fields": card_fields(can="電話は 090-1234-5678 です")}
    room.send(lambda state, who, **fields: checked.marked(cards.write_card(state, who, **fields)), ONE, **written)
    if kept:
        room.send(checked.keep_words, ONE, **piece(room.now))
    return room.now


def piece(now):
    return {"about": "card:card-0001", "base": now.cards["card-0001"].revision}


def careful():
    return Room(prepared={"adviser": "医師", "contacts": "夜間の電話", "notice": True}).now


def sheet():
    text = "group,scene,type,stage,kind,text\n1,1,HC,S1,can,話を聞く\n"
    return read_cards(text.encode(), PAPER)


def polled(close=False):
    """A survey of the conference, its form after open, with one free text that may be quoted."""
    poll = Poll(conference=LOG)
    poll.open("post")
    poll.answer(poll.codes(1)[0], [*WELL, ["T1", "", "つながりました"], ["T5", "", "T5_1"]])
    if close:
        poll.close("pre")
        poll.close("post")
    return poll.now


def text_of(survey):
    return {"sheet": survey_texts.written(survey)[0].sheet, "item": "T1"}


TRIED = {
    "commands.open_conference": (lambda: Conference(LOG), opening()),
    "commands.set_types": (evening, {"types": ["HC", "CSC"]}),
    "commands.set_groups": (evening, {"groups": 4}),
    "commands.set_venue": (evening, {"room": "和室"}),
    "commands.take_seat": (evening, {"seat": "seat-new"}),
    "commands.move_seat": (evening, {"seat": "seat-one", "group": 3}),
    "commands.accept_rules": (unread, {}),
    "commands.set_table": (evening, {"people": {"HC": 2}}),
    "commands.write_line": (evening, {"type": "HC", "text": "いつでも"}),
    "commands.open_step": (evening, lambda now: {"step": now.step + 1, "base": now.step_revision}),
    "commands.pause_timer": (evening, {"spent": 3.0}),
    "commands.resume_timer": (stopped, {}),
    "commands.add_minute": (evening, {"spent": 3.0}),
    "commands.show_on_projector": (evening, {"show": "map"}),
    "commands.set_ready": (evening, {"ready": True}),
    "commands.end_conference": (evening, {}),
    "cards.write_card": (
        evening,
        lambda now: {
            "card": "card-0001",
            "base": now.cards["card-0001"].revision,
            "fields": card_fields(can="ほかの言葉"),
        },
    ),
    "cards.withdraw_card": (
        evening,
        lambda now: {"card": "card-0001", "base": now.cards["card-0001"].revision},
    ),
    "cards.hide_card": (evening, {"card": "card-0001", "hidden": True}),
    "cards.correct_card": (evening, {"card": "card-0001", "type": "HC", "stage": "S3"}),
    "care.name_adviser": (careful, {"adviser": "研修を受けた職員"}),
    "care.tell_notice": (careful, {}),
    "sharing.state_role": (
        evening,
        {"respondent": "person-0001", "type": "HC", "strengths": {"S3": 2}, "expected": {}},
    ),
    "sharing.make_pick": (evening, {"gap": "S4"}),
    "sharing.give_heart": (evening, {"card": "card-0002", "given": False}),
    "sharing.heart_to_card": (evening, {"card": "card-0002", "text": ""}),
    "sharing.write_next_step": (evening, {"step": "step-0001", "type": "HC", "to": "MED", "text": "会いに行く"}),
    "sharing.review_map": (evening, {"note": "note-0001", "about": 2, "text": "書き直しました"}),
    "sharing.write_hint": (evening, {"type": "HC", "field": "role", "text": "地域の言葉"}),
    "advice.star": (evening, {"card": "card-0001", "starred": True}),
    "advice.comment": (evening, {"about": "scene:1", "text": "よい問いです"}),
    "checked.keep_words": (named, piece),
    "checked.release_words": (lambda: named(kept=True), piece),
    "fill.fill": (evening, lambda now: {"sheet": sheet(), "word": "紙"}),
    "holding.hold_words": (evening, {"about": "line:1:HC", "hidden": True}),
    "holding.erase": (evening, lambda now: {"about": "card:card-0001", "upto": now.revision}),
    "deleting.delete_conference": (evening, {"named": "春の検討会"}),
    "deleting.take_back": (deleted, {}),
    "keyring.change_password": (lambda: Keyring("s", "p"), {"password": "hash"}),
    "survey_commands.open_survey": (lambda: SurveyRound(SURVEY, conference=LOG, opened=False), event(conference=LOG)),
    "survey_commands.link_survey": (evening, {"survey": SURVEY}),
    "survey_commands.erase_title": (polled, {}),
    "survey_commands.set_types": (lambda: Poll(conference=LOG).now, {"types": ["HC"]}),
    "survey_commands.set_expected": (polled, {"expected": 12}),
    "survey_commands.open_form": (lambda: polled(close=True), {"form": "post"}),
    "survey_commands.close_form": (polled, {"form": "post"}),
    "survey_commands.follow_timetable": (polled, {"begun": True, "reached": False, "ended": False}),
    "survey_commands.release_results": (lambda: polled(close=True), {"form": "post"}),
    "survey_commands.draw_codes": (polled, {"count": 2}),
    "survey_commands.give_code": (polled, {"key": "somebody-01"}),
    "survey_commands.bring_code": (polled, {"code": "HHHH"}),
    "survey_commands.change_items": (lambda: Poll(conference=LOG).now, {"change": "hide", "item": "A4"}),
    "survey_answering.answer": (
        polled,
        lambda now: {"form": "post", "code": now.cards()[0], "answers": [["Q1", "", 2]], "key": "answer-0001"},
    ),
    "survey_answering.read_in": (polled, {"answers": ()}),
    "survey_texts.decide_text": (lambda: polled(close=True), text_of),
    "survey_texts.reconsider_text": (lambda: decided(), text_of),
    "survey_texts.erase_text": (lambda: polled(close=True), text_of),
}
"""Verb → the state it is tried on, and fields with nothing wrong in them."""


def decided():
    poll = Poll(conference=LOG)
    poll.open("post")
    poll.answer(poll.codes(1)[0], [*WELL, ["T1", "", "つながりました"], ["T5", "", "T5_1"]])
    poll.close("post")
    poll.send(survey_texts.decide_text, **text_of(poll.now))
    return poll.now


def test_every_verb_is_tried():
    assert set(TRIED) == set(VERBS)


def carried_out(name, device, state):
    """Whether a verb was carried out for a device, on what is the first group's."""
    fields = TRIED[name][1]
    fields = dict(fields(state) if callable(fields) else fields)
    if name == "survey_commands.open_survey":  # the page asks who leads the conference it is opened for
        who = acting(device)
    else:
        who = acting(device, state if isinstance(state, SurveyRound) else None)
    if name == "advice.comment":
        fields["note"] = f"{who.seat or who.role}-scene-1"
    try:
        drafts = verbs_found[name](state, who, **fields)
    except Refused:
        return False
    own_group_alone = who.role == "seat" and "group" not in fields
    return not (own_group_alone and drafts and all(draft.body.get("group", 1) != 1 for draft in drafts))


verbs_found = verbs()


@pytest.mark.parametrize("name", VERBS)
def test_f23_a_verb_is_carried_out_for_those_of_its_row_and_refused_to_all_others(name):
    state = TRIED[name][0]()
    assert {device for device in DEVICES if carried_out(name, device, state)} == set(VERBS[name])


def test_the_table_would_show_a_verb_that_forgets_to_ask(monkeypatch):
    """The planted fault: a verb that takes everybody's word."""
    monkeypatch.setitem(verbs_found, "cards.hide_card", lambda state, who, **fields: ())
    state = evening()
    assert {device for device in DEVICES if carried_out("cards.hide_card", device, state)} == ALL


# --- POST /do --------------------------------------------------------------------------------------------------------


@pytest.fixture
def here(house):
    hosted(house)
    house.send(OTHER, commands.open_conference, ORGANISING, **opening(code="AAAAAA", title="別の会"))
    house.send(OTHER, commands.take_seat, Who("seat"), seat="seat-elsewhere")
    house.send(OTHER, commands.move_seat, LEADING, seat="seat-elsewhere", group=1)
    house.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
    polling(house)
    return house


def sends(here, device, name, fields, seat=None, log=LOG):
    asked = {"log": log, "seat": SEATS.get(device, "") if seat is None else seat, "verb": name, "fields": fields}
    return with_grants(here, **GRANTS[device]).post("/do", json=asked, headers=OWN).status_code


TRAVELS = {**SEAT_VERBS, **ADVISER_VERBS}


@pytest.mark.parametrize("name", VERBS)
def test_f23_through_the_tablets_door_goes_only_what_is_on_its_list(here, name):
    """The others are pressed on pages; through `/do` they are no command for anybody, the organiser included."""
    short = name.partition(".")[2]
    if short in TRAVELS and TRAVELS[short].__module__ == f"facilitation.{name.partition('.')[0]}":
        return
    if short in TRAVELS:
        short = f"{short}_of_another_module"
    revision = here.store.revision(LOG)
    assert {sends(here, device, short, {}) for device in DEVICES} == {400}
    assert here.store.revision(LOG) == revision


@pytest.mark.parametrize("short", SEAT_VERBS)
def test_f23_a_seats_verb_is_refused_to_every_device_without_that_seat(here, short):
    """Each names the first seat of this conference as its own."""
    revision = here.store.revision(LOG)
    for device in DEVICES:
        if device != "seat":
            assert sends(here, device, short, {}, seat=ONE.seat) == 403, device
    assert here.store.revision(LOG) == revision


@pytest.mark.parametrize("short", SEAT_VERBS)
def test_f23_and_to_every_device_that_names_no_seat(here, short):
    others = set(DEVICES) - (set(VERBS["advice.star"]) if short in ADVISER_VERBS else set())
    assert {device: sends(here, device, short, {}, seat="") for device in others} == dict.fromkeys(others, 403)


def test_f23_an_advisers_verb_is_carried_out_for_advisers_and_who_leads(here):
    comes = {}
    for n, device in enumerate(DEVICES):
        comes[device] = sends(here, device, "star", {"card": "card-0001", "starred": n % 2 == 0}, seat="")
    allowed = {device for device, status in comes.items() if status == 200}
    assert allowed == VERBS["advice.star"]
    assert {status for device, status in comes.items() if device not in allowed} == {403}


@pytest.mark.parametrize(
    "forged",
    [
        {"group": 2},
        {"who": "organiser"},
        {"who": {"role": "organiser"}},
        {"role": "facilitator"},
        {"conference": {}},
        {"seat": "seat-two"},
        {"author": "organiser"},
    ],
)
def test_f23_what_a_request_says_of_itself_counts_for_nothing(here, forged):
    revision = here.store.revision(LOG)
    fields = {"card": "card-0009", "base": 0, "key": "k", "fields": card_fields()}
    assert sends(here, "seat", "write_card", {**fields, **forged}) == 422
    assert here.store.revision(LOG) == revision


def test_f23_a_group_or_an_author_inside_a_card_is_dropped(here):
    fields = card_fields(group=2, author="organiser", seat="seat-two", revision=1, hidden=False)
    assert sends(here, "seat", "write_card", {"card": "card-0009", "base": 0, "key": "k", "fields": fields}) == 200
    entry = here.store.entries(LOG)[-1]
    assert (entry.author, entry.body["group"]) == ("seat:seat-one", 1)


def test_f23_a_seat_writes_for_its_own_conference_and_no_other(here):
    assert sends(here, "elsewhere", "set_ready", {"ready": True}, log=LOG) == 403
    assert sends(here, "seat", "set_ready", {"ready": True}, log=OTHER) == 403


# --- routes and streams ----------------------------------------------------------------------------------------------


def got_in(here, device, row):
    """Whether a device got what a route is for."""
    client = with_grants(here, **GRANTS[device])
    match row:
        case "GET /adviser/{ticket}":
            ticket = here.sign({"adviser": [LOG, "医師"]})
            return goes_to(client.get(f"/adviser/{ticket}"))[0] == "/advise"
        case "POST /do":
            starred = device not in {"seat"}
            verb = ("star", {"card": "card-0001", "starred": True}) if starred else ("set_ready", {"ready": True})
            return sends(here, device, *verb, seat="" if starred else None) == 200
        case "GET /survey-paper/{log}" | "GET /survey-cards/{log}":
            return client.get(row.removeprefix("GET ").format(log=ASKED) + "?form=pre").status_code == 200
        case "GET /s/{code}" | "GET /s/{code}/now":
            address = row.removeprefix("GET ").replace("{code}", ASKED_CODE)
            return client.get(f"{address}?k={here.surveys.survey(ASKED).key}").status_code == 200
        case "GET /parts/{log}/{view}":
            return client.get(f"/parts/{LOG}/group-1?run=1").status_code == 200
        case "POST /archive/{log}":
            return client.post(f"/archive/{LOG}", headers=OWN).status_code == 200
        case "POST /bring/{what}":
            return client.post("/bring/look", files={"file": b"x"}, headers=OWN).status_code == 200
        case "GET /assets":
            mount = next(route.path for route in routes() if isinstance(route, Mount))
            return client.get(f"{mount}/look.css").status_code == 200
        case "GET /seated" | "GET /leave" | "GET /lang/{language}":
            return client.get(row.removeprefix("GET ").replace("{language}", "en")).status_code == 303
    return client.get(row.removeprefix("GET ").format(log=LOG)).status_code == 200


def polling(house):
    """A survey of the conference, a form open, two cards drawn."""
    surveys: Surveys = house.surveys
    opened = event(conference=LOG, code=ASKED_CODE)
    surveys.send(ASKED, survey_commands.open_survey, ORGANISING, **opened)
    surveys.send(ASKED, survey_commands.draw_codes, ORGANISING, count=2)
    house.send(LOG, survey_commands.link_survey, ORGANISING, survey=ASKED)
    surveys.send(ASKED, survey_commands.open_form, ORGANISING, form="post")


@pytest.mark.parametrize("row", [row for row, allowed in ROUTES.items() if allowed != KEY])
def test_f23_a_route_gives_to_those_of_its_row_and_to_nobody_else(here, row):
    assert {device for device in DEVICES if got_in(here, device, row)} == set(ROUTES[row])


def keys(here, row):
    """The right address of a door, where it leads, and wrong addresses."""
    now = here.conference(LOG)
    other = here.conference(OTHER)
    match row:
        case "GET /join/{code}":
            return f"/join/{now.code}?more=1", "/seated", ["/join/KKKKKK", "/join/x"]
        case "GET /seat/{token}":
            right = here.sign({"hand": [LOG, "seat-one"]})
            return f"/seat/{right}", "/seated", [f"/seat/{here.sign({'carry': [LOG, 'seat-one']})}", "/seat/x"]
        case "GET /enter/{key}":
            return f"/enter/{here.start_key}", "/", [f"/enter/{here.sign({'organiser': True})}", "/enter/x"]
        case "GET /lead/{log}/{key}":
            return f"/lead/{LOG}/{now.lead_key}", "/facilitate", [f"/lead/{LOG}/{other.lead_key}", f"/lead/{LOG}/x"]
        case "GET /advise/{log}/{code}":
            wrong = [f"/advise/{LOG}/{other.adviser_code}", f"/advise/{LOG}/-?k={other.adviser_key}"]
            return f"/advise/{LOG}/{now.adviser_code}?k={now.adviser_key}", "/advise", wrong
    raise AssertionError(f"no door {row}")


@pytest.mark.parametrize("row", [row for row, allowed in ROUTES.items() if allowed == KEY and "/s/" not in row])
def test_f23_a_door_opens_to_its_key_and_to_no_role(here, row):
    right, leads_to, wrong = keys(here, row)
    for device in DEVICES:
        for address in wrong:
            path, query = goes_to(with_grants(here, **GRANTS[device]).get(address))
            assert (path, bool({"refused", "wrong"} & set(query))) == ("/", True), (device, address)
        path, query = goes_to(with_grants(here, **GRANTS[device]).get(right))
        assert (path, "refused" in query) == (leads_to, False), device


@pytest.mark.parametrize("row", [row for row in ROUTES if "/s/" in row])
def test_f23_a_survey_opens_to_the_key_in_its_address_and_to_no_role(here, row):
    key = here.surveys.survey(ASKED).key
    for device in DEVICES:
        for code, k, opens in ((ASKED_CODE, key, True), (ASKED_CODE, key[:-1], False), ("KKKKKK", key, False)):
            way, path = row.format(code=code, what="code").split()
            sent = {"json": {"key": f"somebody-{device}"}, "headers": OWN} if way == "POST" else {}
            answer = with_grants(here, **GRANTS[device]).request(way, f"{path}?k={k}", **sent)
            assert (answer.status_code == 200) == opens, (device, code, k)


@pytest.mark.parametrize("row", STREAMS)
def test_f23_a_stream_is_heard_by_those_of_its_row_and_by_nobody_else(here, row):
    address = row.format(log=LOG, survey=ASKED)
    heard = set()
    for device in DEVICES:
        try:
            with with_grants(here, **GRANTS[device]).websocket_connect(address):
                heard.add(device)
        except WebSocketDenialResponse as refused:
            assert refused.status_code == 403
    assert heard == set(STREAMS[row])


def test_f23_a_device_without_cookies_hears_its_own_group_by_its_token_and_nothing_else(here):
    token = here.sign({"carry": [LOG, "seat-one"]})
    with with_grants(here).websocket_connect(f"/live/{LOG}/group-1?t={token}"):
        pass
    for view in ("lead", "projector", "group-2"):
        with (
            pytest.raises(WebSocketDenialResponse),
            with_grants(here).websocket_connect(f"/live/{LOG}/{view}?t={token}"),
        ):
            pass


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_f23_a_page_is_shown_to_those_of_its_row_and_not_found_by_all_others(here, page):
    away = {say("ja", "not_found.here"), say("ja", "tablet.no_seat")}
    seen = {device: set(said(visitor(page, GRANTS[device], c=LOG))) for device in DEVICES}
    assert {device for device, words in seen.items() if not words & away} == set(PAGES[page])
    secret = {here.conference(LOG).title, CASES["case2"]["ja"].scenes[0].narrative, card_fields()["can"]}
    for device in set(DEVICES) - set(PAGES[page]):
        assert not seen[device] & secret
