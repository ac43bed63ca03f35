"""Hostile parameters: whatever JSON can hold is sent to every verb, to `/do` and to a survey, any bytes are posted in
any manner, and whatever an address can hold is asked of every route, stream and page. Nothing breaks; what is refused
is refused in words and not stored; what is stored can be read again, told to everybody and taken along; words that
are merely odd are kept. ATTEMPTS makes it longer."""

import json
import logging
import os
import re
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from urllib.parse import quote

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some
from meeting import CASES, FACILITATOR, GUEST, LOG, ONE, ORGANISER, TWO, a_house, card_fields, hosted
from polled import WELL
from starlette.routing import Route
from starlette.testclient import WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect
from test_pages import visitor
from test_routes import OWN, with_grants
from test_who_may import ASKED, ASKED_CODE, GRANTS, SEATS, TRIED, acting, polling, verbs_found

from facilitation import advice, cards, commands, limits, sharing, survey_answering, survey_commands, survey_texts
from facilitation.access import Refused
from facilitation.export import archive, archive_reading
from facilitation.fill import BadSheet
from facilitation.legible import FOLDS
from facilitation.screen.house import House, stand_in
from facilitation.screen.room import survey_path
from facilitation.screen.routes import ADVISER_VERBS, SEAT_VERBS, routes
from facilitation.screen.routes_survey import ACTS
from facilitation.store.memory import MemoryStore
from facilitation.typed import clean
from tests.who_may import PAGES, VERBS

LONG = settings(max_examples=int(os.environ.get("ATTEMPTS", "2")), phases=[Phase.explicit, Phase.generate])
"""Each example sends several attempts to one conference. (They are not made smaller: each of them says itself.)"""

# --- what is sent ----------------------------------------------------------------------------------------------------

LONE = "\ud800"
WORDS = some.text(some.characters(), max_size=12)
"""Any signs, lone surrogates among them."""

ANYTHING = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | WORDS,
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(WORDS, inner, max_size=3),
    max_leaves=5,
)
MISSING = object()
"""In place of a value: the field is not sent at all."""

NEAR = some.sampled_from(
    [
        *(MISSING, MISSING, float("nan"), 10**400, -(10**30), "\u202e\u2066", "x" * 20_000, "あ" * 401),
        *(True, False, None, 0, 1, 2, 1.0, 1.5, -1, 10**30, float("inf"), "1", "", LONE, f"HC{LONE}", "\0", "x" * 500),
        *("HC", "S3", "auto", "pre", "post", "case2", "card-0001", "card-0003", "note-0001", "step-0001", "seat-one"),
        *("group:1.5", "line:1:HC", "card:card-0001", "scene:1", "scene:" + "9" * 5000, f"scene:{LONE}", "9" * 5000),
        *([], {}, ["HC"], ["HC", LONE], [1], [[]]),
        *([["Q1", "", 3]], [["Q1", "", 1.5]], [["T1", "", LONE]], [["T1", "", {}]], [[LONE, "", 1]]),
        *({"HC": 1}, {"HC": 1.5}, {"HC": True}, {LONE: 1}, {"S3": 1}, {"S3": ["MED"]}, {"S3": [LONE]}),
        *(card_fields(scene=True), card_fields(type=LONE), card_fields(can=LONE), card_fields(can=f"話{LONE}す")),
        *(card_fields(tracks=[{}]), card_fields(consent=1), card_fields(to=["CSC"]), card_fields(scene=1.0)),
    ]
)
VALUES = NEAR | ANYTHING
CHANGES = some.lists(some.dictionaries(some.integers(0, 5), VALUES, max_size=2), min_size=8, max_size=12)
"""For some attempts, which of a verb's fields say something else (the last stands for one that no verb asks for)."""


def changed(fields, changes):
    names = [*fields, "other"]
    said = fields | {names[n % len(names)]: value for n, value in changes.items()}
    return {name: value for name, value in said.items() if value is not MISSING}


# --- where it is sent ------------------------------------------------------------------------------------------------


@cache
def prepared():
    """A conference in which everything was used, and its survey: what a store holds of them."""
    here = a_house()
    hosted(here)
    here.send(LOG, commands.set_table, ONE, people={"CONSULT": 1, "HC": 1})
    here.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields())
    here.send(LOG, cards.write_card, TWO, card="card-0002", fields=card_fields(stage="S3"))
    here.send(LOG, cards.write_card, ONE, card="card-0003", fields=card_fields(can="電話は 090-1234-5678 です"))
    here.send(LOG, sharing.give_heart, ONE, card="card-0002", type="HC")
    here.send(LOG, sharing.write_next_step, ONE, step="step-0001", type="HC", to="MED", text="電話する")
    here.send(LOG, sharing.review_map, ONE, note="note-0001", about=2, text="こちらでもできます")
    here.send(LOG, commands.write_line, ONE, type="HC", text="お電話ください")
    here.send(LOG, advice.comment, FACILITATOR, note="facilitator-scene-1", about="scene:1", text="よい問いです")
    polling(here)
    code = here.surveys.survey(ASKED).cards()[0]
    sheet = {"form": "post", "code": code, "key": "sheet-0000"}
    answers = [*WELL, ["T1", "", "つながりました"], ["T5", "", "T5_1"]]
    here.surveys.send(ASKED, survey_answering.answer, GUEST, answers=answers, **sheet)
    return {log: here.store.entries(log) for log in here.store.logs()}


FICTION: dict = {}
"""What cases call their people, once for all houses: to look for it takes as long as all the rest."""


@contextmanager
def standing():
    """A house that holds it, in which every listener has to hear of every commit."""
    store = MemoryStore()
    for log, entries in prepared().items():
        store.receive(log, {LOG: "conference", ASKED: "survey"}.get(log, "house"), entries, 0)
    here, failed = House(store, CASES), Failures()
    here._fiction = FICTION
    logger = logging.getLogger("facilitation.store.writer")
    logger.addHandler(failed)
    stand_in(here)
    try:
        yield here
        assert not failed.said
    finally:
        stand_in(None)
        logger.removeHandler(failed)


class Failures(logging.Handler):
    """What a writer says of listeners that failed."""

    def __init__(self):
        super().__init__(logging.ERROR)
        self.said = []

    def emit(self, record):
        self.said.append(record.getMessage())


def is_survey(name):
    return name.startswith("survey_") and name != "survey_commands.link_survey"


def asks_rightly(name, state):
    """Fields of a verb with nothing wrong in them."""
    if name == "checked.keep_words":
        return {"about": "card:card-0003", "base": state.cards["card-0003"].revision}
    if name == "survey_answering.answer":
        return {"form": "post", "code": state.cards()[0], "answers": [*WELL, ["T1", "", "会う"]], "key": "sheet-0001"}
    if name.startswith("survey_texts"):
        return {"sheet": next((each.sheet for each in survey_texts.written(state)), 1), "item": "T1"}
    fields = TRIED[name][1]
    return dict(fields(state) if callable(fields) else fields)


def sound(here, log):
    """What is stored can be folded from the beginning to what stands there, and those who lead were told of it."""
    entries = here.store.entries(log)
    writer, kind = (here.surveys.writer, "survey") if log == ASKED else (here.writer, "conference")
    assert FOLDS[kind](None, log, entries) == writer.state(log)
    if len(entries) > len(prepared()[log]):
        assert here.hub.revision(log, "lead") == len(entries)
        taken_along(here)


def taken_along(here):
    """All that is made of what is stored: papers, files, pages of phones, parts of tablets and wall."""
    archived = archive.pack(archive.of_conference(here.store, LOG, "2024-03-02T00:00:00Z"))
    assert {each.log for each in archive_reading.read(archived).logs} >= {LOG}
    device = with_grants(here, organiser=here.keyring.turn)
    for address in (
        *(f"/record/{LOG}", f"/contacts/{LOG}", f"/audit-sheet/{LOG}", survey_path(here.surveys.survey(ASKED))),
        *(f"/parts/{LOG}/{view}?run={here.store.revision(LOG)}" for view in ("group-1", "projector")),
    ):
        assert device.get(address).status_code in (200, 404), address


@pytest.mark.parametrize("name", sorted(set(VERBS) - {"keyring.change_password"}))
def test_a_verb_takes_what_is_of_its_kinds_and_stores_nothing_else(name):
    """Every verb, sent as pages send it, by who may. (A password comes from a field of its own page.)"""
    device = next(each for each in ("seat", "organiser", "guest") if each in VERBS[name])

    @LONG
    @given(CHANGES)
    def sent(attempts):
        with standing() as here:
            log = ASKED if is_survey(name) else LOG
            if name.startswith("survey_texts"):  # free texts are read once nothing more comes in
                here.surveys.send(ASKED, survey_commands.close_form, ORGANISER, form="post")
            send, look = (here.surveys.send, here.surveys.survey) if is_survey(name) else (here.send, here.conference)
            for changes in attempts:
                before = kept(here)
                try:
                    fields = changed(asks_rightly(name, look(log)), changes)
                    send(log, verbs_found[name], acting(device, look(log) if is_survey(name) else None), **fields)
                except (Refused, BadSheet):
                    assert kept(here) == before
            sound(here, log)

    sent()


def kept(here):
    """A digest of both logs: where it stays, no letter is another one. (The house's own tells who was refused.)"""
    return sha256(repr([here.store.entries(log) for log in (LOG, ASKED)]).encode()).hexdigest()


def posts(here, device, address, sent):
    """A post of anything: never a fault of ours, always an answer that can be read; what is refused is not stored."""
    before = kept(here)
    content = json.dumps(sent, default=lambda _: None).encode()
    answer = device.post(address, content=content, headers=OWN)
    assert answer.status_code in (200, 400, 403, 413, 422), answer.text
    assert answer.json()
    if answer.status_code != 200:
        assert kept(here) == before
        assert all(sentence.endswith("。") for sentence in answer.json()["refused"]), answer.text


@pytest.mark.parametrize("verb", [*SEAT_VERBS, *ADVISER_VERBS])
def test_a_device_may_send_anything(verb):
    device = "adviser" if verb in ("star", "comment") else "seat"
    name = next(each for each, found in verbs_found.items() if found in (SEAT_VERBS.get(verb), ADVISER_VERBS.get(verb)))

    @LONG
    @given(CHANGES, some.dictionaries(some.sampled_from(["log", "seat", "verb", "fields", "token"]), VALUES))
    def sent(all_changes, around):
        with standing() as here:
            client = with_grants(here, **GRANTS[device])
            for n, changes in enumerate(all_changes):
                fields = changed(asks_rightly(name, here.conference(LOG)), changes)
                asked = {"log": LOG, "seat": SEATS.get(device, ""), "verb": verb, "fields": fields}
                posts(here, client, "/do", asked | (around if n == 0 else {}))
            sound(here, LOG)

    sent()


@pytest.mark.parametrize("what", ACTS)
def test_a_phone_may_send_anything(what):
    @LONG
    @given(CHANGES, VALUES)
    def sent(all_changes, instead):
        with standing() as here:
            client = with_grants(here)
            right = asks_rightly("survey_answering.answer", here.surveys.survey(ASKED)) | {"texts": ["話す"]}
            asked = {name: right[name] for name in ASKED_FOR[what]}
            address = of_survey(here, what)
            for changes in all_changes:
                posts(here, client, address, changed(asked, changes))
            posts(here, client, address, instead)
            sound(here, ASKED)

    sent()


def of_survey(here, what):
    """Where a phone posts that holds the survey's key."""
    return survey_path(here.surveys.survey(ASKED)).replace("?", f"/{what}?")


ASKED_FOR = {"code": ["key"], "known": ["code"], "answer": ["form", "code", "answers", "key"], "check": ["texts"]}


# --- bytes -----------------------------------------------------------------------------------------------------------

POSTED = ("/do", "answer", "check", "/bring/look", "/bring/take", f"/archive/{LOG}")
RIGHT = {"log": LOG, "seat": ONE.seat, "verb": "set_ready", "fields": {"ready": True}}
FILE = b'--x\r\nContent-Disposition: form-data; name="file"; filename="?"\r\n\r\nPK\r\n--x--\r\n'
BODIES = some.binary(max_size=40) | some.sampled_from(
    [
        *(b"", b"\xff\xfe", b"null", b"[", b'{"log":', b"[" * 9_000, b'{"log": NaN}', b'{"fields": {"a": 1e999}}'),
        *(b"key=1&key=2", b"--x\r\n\r\n--x--\r\n", b"x" * 70_000, json.dumps(RIGHT).encode("utf-16")),
        *(b'{"key": "first", "key": "second"}', b'{"form": "post", "form": []}', b"<!DOCTYPE a [<!ENTITY b 'c'>]>"),
        *(FILE.replace(b"?", name) for name in (b"../../a", b"\0", b"\xff", b"a" * 300)),
    ]
)
TYPES = some.sampled_from(
    [
        *("", "application/json", "text/plain; charset=utf-16", "multipart/form-data"),
        *("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "\xff/;;=", "a" * 500),
    ]
)
LENGTHS = some.sampled_from([None, None, None, "", "-1", "0", "1e3", "9" * 5000, "٣"])
METHODS = some.sampled_from(["POST", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "GET", "QUERY"])


@pytest.mark.parametrize("address", POSTED)
def test_a_post_may_be_of_any_bytes(address):
    """By an organiser who sits as well. Where nothing was done, nothing is stored and no trace of ours is told."""

    @LONG
    @given(some.lists(some.tuples(METHODS, TYPES, LENGTHS, BODIES), min_size=6, max_size=10))
    def sent(attempts):
        with standing() as here:
            client = with_grants(here, organiser=here.keyring.turn, seats=[[LOG, ONE.seat]])
            to = of_survey(here, address) if address in ACTS else address
            for method, type, length, content in attempts:
                before = kept(here)
                told = {"content-type": type, "content-length": length}
                told = {name: value.encode() for name, value in told.items() if value is not None}
                answer = client.request(method, to, content=content, headers=OWN | told)
                assert answer.status_code < 500 and "Traceback" not in answer.text, answer.text
                if answer.status_code != 200:
                    assert kept(here) == before

    sent()


# --- odd words -------------------------------------------------------------------------------------------------------

ODD = some.text(
    some.characters(exclude_categories=["Cs"])
    | some.sampled_from("\u202e\u2066\u200b\u200d\ufeff\u0301🏳️‍🌈ﾊﾟＡ=<>&\"'\\{}%\0\t\r\n\u2028שلم𠮟"),
    min_size=1,
    max_size=limits.LINE,
)
"""What a person may type or paste: all writing there is, without what is no sign at all."""


@settings(LONG, max_examples=5 * LONG.max_examples)
@given(ODD)
def test_words_that_are_merely_odd_are_kept(text):
    """Whatever the language: nothing but controls falls away, and only a text of nothing is refused."""
    odd = clean(text).strip()
    with standing() as here:
        seat, phone = with_grants(here, **GRANTS["seat"]), with_grants(here)
        fields = {
            "write_card": {"card": "card-0009", "fields": card_fields(can=text, hard="難しい")},
            "write_line": {"type": "HC", "text": text},
            "write_next_step": {"step": "step-0009", "type": "HC", "to": "MED", "text": text},
            "review_map": {"note": "note-0009", "about": 2, "text": text},
        }
        for verb, said in fields.items():
            asked = {"log": LOG, "seat": ONE.seat, "verb": verb, "fields": said}
            answer = seat.post("/do", json=asked, headers=OWN)
            assert answer.status_code == 200 or not odd, answer.text
        sheet = {"form": "post", "code": here.surveys.survey(ASKED).cards()[0], "key": "sheet-0009"}
        sheet["answers"] = [*WELL, ["T1", "", text]]
        assert phone.post(of_survey(here, "answer"), json=sheet, headers=OWN).status_code == 200
        now, written = here.conference(LOG), here.surveys.survey(ASKED).answers[sheet["code"], "post"]
        if odd:
            found = [now.cards["card-0009"].can, now.lines[1, "HC"], now.next_steps["step-0009"].text]
            found += [now.notes["note-0009"].text, {item: value for item, _, value in written.rows}["T1"]]
            assert found == [odd] * 5
        sound(here, LOG)


# --- addresses -------------------------------------------------------------------------------------------------------

PLACES = [LOG, ASKED, ASKED_CODE, "9" * 5000, "_stcore", "\0", "..", "house", "group-1", "group-x", "-"]
KEY = "the survey's own"
ADDRESSED = WORDS | some.sampled_from([*PLACES, KEY])
QUERY = some.dictionaries(
    some.sampled_from(["t", "k", "s", "lang", "to", "run", "form", "show", "more", "typed", "preview", "n"]), ADDRESSED
)


def escaped(text):
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


@pytest.mark.parametrize(
    "path", [route.path for route in routes() if isinstance(route, Route) and "GET" in route.methods]
)
def test_an_address_may_hold_anything(path):
    """With the cookie of an organiser who sits as well: nothing is hidden from it."""

    @LONG
    @given(some.lists(some.tuples(ADDRESSED, ADDRESSED, QUERY), min_size=4, max_size=10))
    def asked(attempts):
        with standing() as here:
            client = with_grants(here, organiser=here.keyring.turn, seats=[[LOG, ONE.seat]])
            for first, second, query in attempts:
                key = here.surveys.survey(ASKED).key
                said = "&".join(f"{name}={escaped(key if value == KEY else value)}" for name, value in query.items())
                one, *more = re.split(r"{\w+}", path)
                filled = one + "".join(map("".join, zip(map(escaped, (first, second)), more, strict=False)))
                before = kept(here)
                answer = client.get(f"{filled}?{said}")
                assert answer.status_code < 500 and "Traceback" not in answer.text
                assert kept(here) == before

    asked()


@LONG
@given(some.lists(some.tuples(ADDRESSED, ADDRESSED, QUERY), min_size=4, max_size=10))
def test_a_stream_may_be_asked_by_any_name(attempts):
    with standing() as here:
        client = with_grants(here, seats=[[LOG, ONE.seat]])
        for log, view, query in attempts:
            said = "&".join(f"{name}={escaped(value)}" for name, value in query.items())
            with (
                suppress(WebSocketDenialResponse, WebSocketDisconnect),
                client.websocket_connect(f"/live/{escaped(log)}/{escaped(view)}?{said}"),
            ):
                pass


SHOWN = some.text(some.characters(exclude_categories=["Cs"]), max_size=12) | some.sampled_from(PLACES)
REFUSALS = some.sampled_from(["tries.wait", "key", "seat.full", "store.full", "__class__"])


@pytest.mark.parametrize("page", sorted(PAGES))
def test_a_page_may_be_opened_with_anything_in_its_address(page):
    """By an organiser who sits as well, and by a guest."""
    names = some.sampled_from(["c", "s", "t", "lang", "wait", "wrong", "scope"])

    @settings(LONG, max_examples=LONG.max_examples // 2)
    @given(some.dictionaries(names, SHOWN, min_size=1), REFUSALS | SHOWN)
    def opened(query, refused):
        with standing() as here:
            before = kept(here)
            both = {"organiser": here.keyring.turn, "seats": [[LOG, ONE.seat]]}
            for held in (both, {}):
                shown = visitor(page, held, **query, refused=refused)
                assert not shown.exception, shown.exception
            assert kept(here) == before

    opened()
