"""F27 as a property: whatever was written, kept, released, edited or held back, in whatever order, words with an open
question stand nowhere but on their own table and at the desk; on every page, in every file, for every role."""

import json
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting import CASES, FACILITATOR, LOG, ONE, TWO, meeting
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_checked import DOCTOR, NAMES, all_typed, here  # noqa: F401
from test_pages import THERE, said, tablet, visitor

from facilitation import advice, cards, checked, checking, commands, holding, remarks, sharing
from facilitation.access import Refused
from facilitation.commands import SHOWN
from facilitation.conference import KIND, Card, Conference, statements
from facilitation.demo import evenings
from facilitation.entries import Draft, Entry
from facilitation.export.record import record
from facilitation.fold import fold
from facilitation.log_shape import wrong_fields
from facilitation.screen.findings_pictures import routes_in_full
from facilitation.screen.routes import routes
from facilitation.screen.visit import COOKIE
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall

# --- any order of acts -----------------------------------------------------------------------------------------------

FAMILIES = ("山田", "佐藤", "鈴木", "高橋")
TEXTS = (*(f"{name}さんに電話" for name in FAMILIES), "Aさんに電話", "いっしょに行く", "080-1234-5678へ", "")
PIECES = ("card:card-0001", "card:card-0002", "line:1:HC", "note:note-0001", "step:step-0001", "hint:HC:role")
CARDS = ("card-0001", "card-0002")

texts, pieces = st.sampled_from(TEXTS), st.sampled_from(PIECES)
ACTS = st.one_of(
    st.tuples(st.just("card"), st.sampled_from(CARDS), texts, texts, texts),
    st.tuples(st.sampled_from(["line", "note", "step", "hint", "pick", "advice"]), texts),
    st.tuples(st.sampled_from(["keep", "release", "hide", "show", "withdraw", "heart", "star"]), pieces),
)


class Evening:
    """A room in which acts happen as they come; one that is refused changes nothing."""

    def __init__(self):
        self.room = meeting()

    @property
    def now(self):
        return self.room.now

    def send(self, verb, who, **fields):
        decided = self.room.writer.send
        decided(LOG, lambda state: checked.marked(verb(state, who, **fields)), kind=KIND, key="")

    def act(self, what, *about):
        try:
            getattr(self, what)(*about)
        except Refused:
            return

    def card(self, card, can, hard, help):
        fields = {"scene": 1, "type": "HC", "stage": "S1", "can": can, "hard": hard, "help": help}
        base = self.now.cards[card].revision if card in self.now.cards else 0
        self.send(cards.write_card, ONE, card=card, base=base, fields=fields)

    def line(self, text):
        self.send(commands.write_line, ONE, type="HC", text=text)

    def note(self, text):
        self.send(sharing.review_map, ONE, note="note-0001", about=2, text=text)

    def step(self, text):
        self.send(sharing.write_next_step, ONE, step="step-0001", type="HC", to="CSC", text=text)

    def hint(self, text):
        self.send(sharing.write_hint, FACILITATOR, type="HC", field="role", text=text)

    def pick(self, text):
        self.send(sharing.make_pick, ONE, help=text)

    def advice(self, text):
        self.send(advice.comment, DOCTOR, note=advice.own_note(DOCTOR, ""), about="", text=text)

    def keep(self, piece):
        if piece in self.now.checks:
            self.send(checked.keep_words, ONE, about=piece, base=self.now.checks[piece].revision)

    def release(self, piece):
        if piece in self.now.checks:
            self.send(checked.release_words, FACILITATOR, about=piece, base=self.now.checks[piece].revision)

    def hide(self, piece, hidden=True):
        kind, _, card = piece.partition(":")
        if kind == "card":
            self.send(cards.hide_card, FACILITATOR, card=card, hidden=hidden)
        else:
            self.send(holding.hold_words, FACILITATOR, about=piece, hidden=hidden)

    def show(self, piece):
        self.hide(piece, hidden=False)

    def withdraw(self, piece):
        card = piece.partition(":")[2]
        if card in self.now.cards:
            self.send(cards.withdraw_card, ONE, card=card, base=self.now.cards[card].revision)

    def heart(self, piece):
        card = piece.partition(":")[2]
        self.send(sharing.give_heart, TWO, card=card, type="CSC")
        self.send(sharing.heart_to_card, TWO, card=card, text="うちも：")

    def star(self, piece):
        self.send(advice.star, DOCTOR, card=piece.partition(":")[2], starred=True)


def standing(now):
    """The words of every piece, by whether they may be read beyond their own table."""
    words = {f"card:{card.id}": [card.can, card.hard, card.help] for card in now.cards.values() if card.readable}
    words |= {f"line:{group}:{code}": [text] for (group, code), text in now.lines.items()}
    words |= {f"note:{note.id}": [note.text] for note in now.notes.values()}
    words |= {f"step:{step.id}": [step.text] for step in now.next_steps.values()}
    words |= {f"hint:{code}:{field}": [text] for (code, field), text in now.agency_hints.items()}
    return words


def elsewhere(now):
    """All that is drawn or handed out beyond the writing table and the desk."""
    case = CASES[now.case]["ja"]
    told = [picture_of(Wall(now, case, "ja", 0.0)), record(now, case, "ja", routes_in_full(now, "ja"))]
    told += [statements(now.cards.values()), remarks.quotes(now), remarks.remarks(now, "ja")]
    told += [checking.cards(now, "ja"), checking.lines(now, "ja"), checking.notes(now, "ja"), checking.steps(now, "ja")]
    told += [checking.hint(now, "HC", "role", "ja"), now.public_lines(), now.public_notes(), now.public_steps()]
    return repr([*told, *map(now.picked_help, range(1, now.groups + 1))])


@given(st.lists(ACTS, max_size=14), st.sampled_from(["steps", "quotes", "advice", "introductions", "groups"]))
@settings(max_examples=150)
def test_f27_words_with_an_open_question_stand_nowhere_else_whatever_was_done_before(acts, shown):
    evening = Evening()
    if shown in SHOWN:
        evening.send(commands.show_on_projector, FACILITATOR, show=shown)
    for act in acts:
        evening.act(*act)
    now = evening.now
    told = elsewhere(now)
    words = standing(now)
    free = [text for piece, said in words.items() if not now.unchecked(piece) for text in said]
    for name in FAMILIES:
        open_question = [piece for piece, said in words.items() if now.unchecked(piece) and name in "".join(said)]
        if open_question and not any(name in text for text in free):
            assert f"{name}さん" not in told, open_question
    marked = {piece for piece, said in words.items() if any(f"{name}さん" in "".join(said) for name in FAMILIES)}
    assert marked <= set(now.checks), "every name that stands somewhere was asked about"


@pytest.mark.parametrize("gate", ["Card.public", "Conference.shows"])
def test_f27_a_gate_that_lets_words_through_would_be_caught(gate, monkeypatch):
    evening = Evening()
    evening.card("card-0001", "山田さんに電話", "", "")
    evening.line("佐藤さんに電話")
    assert "山田さん" not in elsewhere(evening.now) and "佐藤さん" not in elsewhere(evening.now)
    if gate == "Card.public":
        monkeypatch.setattr(Card, "public", property(lambda card: card.readable and not card.hidden))
        monkeypatch.setattr(checking, "veiled", lambda card, language: card)
        assert "山田さん" in elsewhere(evening.now)
    else:
        monkeypatch.setattr(Conference, "shows", lambda now, about: about not in now.held)
        assert "佐藤さん" in elsewhere(evening.now)


# --- every page and every file ---------------------------------------------------------------------------------------

MAY_READ = {"facilitate"}
"""Pages of those who lead on which words that wait are read, with the reason."""


@pytest.mark.parametrize("page", THERE)
@pytest.mark.parametrize("granted", [{"organiser": True}, {"leads": [LOG]}], ids=["organiser", "facilitator"])
def test_f27_no_page_but_the_desk_shows_those_who_lead_words_that_wait(here, page, granted):  # noqa: F811
    all_typed(here)
    if granted.get("organiser"):
        granted = {"organiser": here.keyring.turn}
    at = visitor(page, granted, c=LOG)
    assert not at.exception
    assert page in MAY_READ or [name for name in NAMES if name in "\n".join(said(at))] == []


@pytest.mark.parametrize("page", THERE)
def test_no_page_shows_another_table_words_that_wait(here, page):  # noqa: F811
    all_typed(here)
    at = tablet(here, TWO) if page == "tablet" else visitor(page, {"seats": [[LOG, TWO.seat]]}, c=LOG)
    assert [name for name in NAMES if name in "\n".join(said(at))] == []


def test_f27_no_file_that_is_handed_out_holds_words_that_wait(here):  # noqa: F811
    all_typed(here)
    here.send(LOG, commands.end_conference, FACILITATOR)
    client = TestClient(Starlette(routes=routes()), cookies={COOKIE: here.sign({"organiser": here.keyring.turn})})
    paths = [
        route.path for route in routes() if "GET" in (getattr(route, "methods", None) or ()) and "{log}" in route.path
    ]
    read = {path: client.get(path.replace("{log}", LOG)).text for path in paths}
    assert "/record/{log}" in read and len(read["/record/{log}"]) > 1000
    assert {path: [name for name in NAMES if name in text] for path, text in read.items() if path} == {
        path: [] for path in read
    }


def test_the_archive_takes_words_that_wait_along_with_their_state(here):  # noqa: F811
    """It is for the organisers' own, marked so, and loses nothing: what waits here waits on the other laptop too."""
    now = all_typed(here)
    entries = [Entry(**json.loads(json.dumps(asdict(entry), ensure_ascii=False))) for entry in here.store.entries(LOG)]
    assert not [name for entry in entries for name in wrong_fields(entry)]
    assert fold(None, LOG, entries).checks == now.checks != {}


def test_the_demo_data_names_nobody():
    found = [
        entry.body
        for evening in evenings(CASES, "ja") + evenings(CASES, "en")
        for entry in evening
        if checked.marked((Draft(entry.kind, entry.author, entry.body),))[0].body != entry.body
    ]
    assert found == []
