"""Cards typed from paper: all of a sheet or nothing of it, once however often it comes, the map as from the sheet."""

import csv
import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from worked import W

from facilitation import coverage, registry
from facilitation.access import Refused, Who
from facilitation.agenda import Step
from facilitation.analysis import analyse
from facilitation.cards import correct_card, withdraw_card, write_card
from facilitation.cli import main
from facilitation.commands import accept_rules, end_conference, move_seat, open_conference, open_step, take_seat
from facilitation.conference import KIND, Conference, statements
from facilitation.fill import PAPER, BadSheet, fill
from facilitation.fold import fold
from facilitation.screen.house import House
from facilitation.sheet import read_cards
from facilitation.statements import Statement
from facilitation.store.memory import MemoryStore
from facilitation.store.opening import FILE
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer

ROOT = Path(__file__).parent.parent
LOG = "2024-03-01-XN9P7T"
AT = "2024-03-01T05:00:00.000Z"
ORGANISER = Who("organiser")
SEAT = Who("seat", "seat-0001")
TYPES = ("CITY_CHILD", "CSC", "DEBT", "HC", "MED", "REC", "SHG")
STEPS = tuple(Step("scene", 600, n, n - 1) for n in (1, 2, 3))
HEADS = ("id", "group", "scene", "type", "stage", "tracks", "kind", "reason", "help", "handover", "to", "text")


def sheet(*rows: str, heads: tuple[str, ...] = HEADS) -> bytes:
    """`id group scene type stage kind [field=value …]` as a CSV."""
    file = io.StringIO()
    table = csv.DictWriter(file, heads, extrasaction="ignore")
    table.writeheader()
    for row in rows:
        names = ("id", "group", "scene", "type", "stage", "kind")
        words = row.split()
        fields = dict(word.split("=") for word in words[len(names) :])
        table.writerow({**dict(zip(names, words, strict=False)), **fields})
    return file.getvalue().encode()


def as_sheet(said: tuple[Statement, ...]) -> bytes:
    file = io.StringIO()
    table = csv.DictWriter(file, ["id", *HEADS[1:]])
    table.writeheader()
    for n, each in enumerate(said):
        row = {name: getattr(each, name) for name in HEADS if name not in ("id", "tracks")}
        row |= {"id": each.card, "group": n % 3 + 1, "scene": n % 2 + 1, "tracks": "、".join(each.tracks)}
        table.writerow(row)
    return file.getvalue().encode()


class Room:
    """A conference with three groups whose first two scenes are open."""

    def __init__(self, store=None) -> None:
        self.store = store or MemoryStore()
        self.writer = Writer(self.store, lambda: AT, fold)
        opened = {"case": "case1", "variant": "full", "steps": [Step("reception"), *STEPS], "groups": 3}
        self.send(open_conference, ORGANISER, code="XN9P7T", types=TYPES, **opened)
        for step in (1, 2):
            self.send(open_step, ORGANISER, step=step, base=self.now.step_revision)

    @property
    def now(self) -> Conference:
        return self.writer.state(LOG)

    def send(self, verb, who, **fields):
        return self.writer.send(LOG, lambda state: verb(state, who, **fields))

    def fill(self, data: bytes, word: str = "（紙のカード）"):
        return self.send(fill, ORGANISER, sheet=read_cards(data, PAPER), word=word)

    def problems(self, data: bytes) -> list[tuple[int, str, str]]:
        before = self.store.entries(LOG)
        with pytest.raises(BadSheet) as bad:
            self.fill(data)
        assert self.store.entries(LOG) == before
        return [(each.row, each.field, each.key) for each in bad.value.problems]


@pytest.fixture
def room() -> Room:
    return Room()


# --- the map ---------------------------------------------------------------------------------------------------------


def test_the_worked_example_gives_the_same_map_as_its_sheet(room: Room) -> None:
    room.fill(as_sheet(W))
    said = statements(room.now.cards.values())
    found, expected = analyse(said), analyse(W)
    assert {**found, "by_group": None} == {**expected, "by_group": None}
    view = coverage.coverage(said)
    assert (view.coverage_rate, view.robust_rate) == (0.75, 0.5)


@pytest.mark.parametrize(
    "rows",
    [
        ("a 1 1 HC S1 can handover=H3 to=CSC", "a 1 1 HC S1 hard reason=B_TIME help=E_STAFF", "a 1 1 HC S1 help"),
        ("a 1 1 HC S1 hard reason=B_TIME", "a 1 1 HC S1 help help=E_FACE text=会いたい"),
        ("a 1 1 HC S1 hard help=E_LIST handover=H1 to=CSC", "a 1 1 HC S1 help help=E_FACE"),
        ("a 1 1 HC S1 can", "a 1 1 HC S1 help help=E_FACE"),
        ("a 1 1 HC S1 help",),
        ("a 1班 ２ HC S1 can tracks=TF;TD", "b グループ2 2 MED S4 hard"),
    ],
)
def test_rows_of_one_id_become_one_card_with_the_statements_of_the_sheet(room: Room, rows: tuple[str, ...]) -> None:
    data = sheet(*rows)
    room.fill(data)
    assert len(room.now.cards) == len({row.split()[0] for row in rows})
    assert analyse(statements(room.now.cards.values())) == analyse(
        replace(each, group=each.group.strip("班グループ")) for each in read_cards(data).statements
    )


def test_a_kind_without_a_text_is_marked_by_the_word(room: Room) -> None:
    room.fill(sheet("a 1 1 HC S1 can", "a 1 1 HC S1 hard text=夜は難しいです"), word="（紙のカード）")
    (card,) = room.now.cards.values()
    assert (card.can, card.hard, card.help) == ("（紙のカード）", "夜は難しいです", "")


def test_a_typed_hand_over_counts_as_premised_on_consent(room: Room) -> None:
    room.fill(sheet("a 1 1 HC S5 can handover=H2 to=CSC", "b 1 1 HC S5 can handover=H1 to=CSC"))
    assert [(card.handover, card.to, card.consent) for card in room.now.cards.values()] == [
        ("H2_contact", "CSC", True),
        ("H1_explain", "CSC", False),
    ]


# --- once ------------------------------------------------------------------------------------------------------------


def test_the_same_sheet_again_adds_nothing(room: Room) -> None:
    room.fill(as_sheet(W))
    before = room.store.entries(LOG)
    again = room.fill(as_sheet(W), word="(card on paper)")
    assert not again.fresh and room.store.entries(LOG) == before


def test_a_sheet_without_ids_adds_its_rows_once_wherever_they_stand(room: Room) -> None:
    heads = tuple(name for name in HEADS if name != "id")
    first = sheet("- 1 1 HC S1 can text=聞けます", "- 1 1 HC S1 can text=聞けます", "- 2 1 HC S1 can", heads=heads)
    room.fill(first)
    assert len(room.now.cards) == 3
    more = sheet("- 3 1 MED S1 hard", "- 1 1 HC S1 can text=聞けます", "- 1 1 HC S1 can text=聞けます", heads=heads)
    assert len(room.fill(more).entries) == 1


def test_the_same_id_with_other_words_is_an_edit_and_both_are_kept(room: Room) -> None:
    room.fill(sheet("a 1 1 HC S1 can text=聞けます", "b 1 1 HC S1 can"))
    receipt = room.fill(sheet("a 1 1 HC S2 hard text=聞けません", "b 1 1 HC S1 can"))
    (entry,) = receipt.entries
    card = room.now.cards[entry.body["card"]]
    assert (card.stage, card.can, card.hard, len(card.versions), len(room.now.cards)) == ("S2", "", "聞けません", 2, 2)
    assert room.fill(sheet("a 1 1 HC S1 can text=聞けます")).fresh, "back to the first words is an edit too"


def test_the_same_sheet_does_not_undo_what_the_room_changed(room: Room) -> None:
    data = sheet("a 1 1 HC S1 can", "b 1 1 HC S1 hard", "b 1 1 HC S1 help help=E_FACE")
    one, two = (entry.body["card"] for entry in room.fill(data).entries)
    room.send(take_seat, SEAT, seat=SEAT.seat)
    room.send(move_seat, SEAT, seat=SEAT.seat, group=1)
    room.send(accept_rules, SEAT)
    room.send(withdraw_card, SEAT, card=one, base=room.now.cards[one].revision)
    room.send(correct_card, ORGANISER, card=two, type="MED", stage="S1")
    assert not room.fill(data).fresh
    assert room.now.cards[one].withdrawn and room.now.cards[two].type == "MED"
    assert [(each.kind, each.help) for each in statements(room.now.cards.values())] == [
        ("hard", ""),
        ("help", "E_FACE"),
    ]


def test_a_tablet_that_edits_a_paper_card_makes_it_a_card_like_others(room: Room) -> None:
    (entry,) = room.fill(sheet("b 1 1 HC S1 hard", "b 1 1 HC S1 help help=E_FACE")).entries
    room.send(take_seat, SEAT, seat=SEAT.seat)
    room.send(move_seat, SEAT, seat=SEAT.seat, group=1)
    room.send(accept_rules, SEAT)
    fields = {"scene": 1, "type": "HC", "stage": "S1", "hard": "夜は難しいです", "help": "当番がいれば"}
    card = room.now.cards[entry.body["card"]]
    room.send(write_card, SEAT, card=card.id, fields=fields, base=card.revision)
    assert [(each.kind, each.help) for each in statements(room.now.cards.values())] == [("hard", "E_OTHER")]


# --- all problems, and nothing written -------------------------------------------------------------------------------


def test_all_problems_of_the_sheet_and_of_the_room_come_at_once(room: Room) -> None:
    data = sheet(
        "a 4 1 HC S1 can",
        "b x 3 POLICE S9 can",
        "c 1 1 HC S1 can",
        "d 0 99 HC S1 hard",
        "e 1 1 HC S1 can help=E_FACE",
        "e 1 1 HC S1 help help=E_LIST",
    )
    data += b"f,,,HC,S1,,can"
    assert room.problems(data) == [
        (2, "group", "room.group"),
        (3, "group", "room.group"),
        (3, "scene", "room.scene"),
        (3, "type", "room.type"),
        (3, "stage", "row.unknown"),
        (5, "group", "room.group"),
        (5, "scene", "room.scene"),
        (7, "help", "room.two_helps"),
        (8, "group", "row.blank"),
        (8, "scene", "row.blank"),
    ]


def test_a_blank_and_a_missing_column_are_told_once(room: Room) -> None:
    assert room.problems(b"type,stage,kind,scene\nHC,S1,can,\nHC,S1,can,1\n") == [
        (1, "group", "heading.missing"),
        (2, "scene", "row.blank"),
    ]


def test_an_id_of_another_table_or_scene_is_refused(room: Room) -> None:
    room.fill(sheet("a 1 1 HC S1 can"))
    assert room.problems(sheet("a 2 2 HC S1 can", "b 1 1 HC S1 can")) == [
        (2, "group", "room.other_group"),
        (2, "scene", "room.other_scene"),
    ]


def test_an_ended_conference_takes_no_cards_until_it_is_opened_again(room: Room) -> None:
    room.send(end_conference, ORGANISER)
    assert room.problems(sheet("a 1 1 HC S1 can", "b 9 1 HC S1 can")) == [
        (0, "", "room.ended"),
        (3, "group", "room.group"),
    ]
    room.send(end_conference, ORGANISER, ended=False)
    assert room.fill(sheet("a 1 1 HC S1 can")).fresh


@pytest.mark.parametrize("who", [Who("facilitator"), SEAT, Who("guest"), Who("projector")])
def test_only_the_organiser_fills_in(room: Room, who: Who) -> None:
    with pytest.raises(Refused):
        room.send(fill, who, sheet=read_cards(sheet("a 1 1 HC S1 can"), PAPER), word="x")


def test_a_conference_that_was_never_opened_takes_nothing() -> None:
    with pytest.raises(Refused):
        fill(Conference(LOG), ORGANISER, sheet=read_cards(as_sheet(W), PAPER), word="x")


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "named",
    [
        LOG,
        "XN9P7T",
        "xn9-p7t",
        "ＸＮ９－Ｐ７Ｔ",
        " XN9 P7T ",
        "2024-03-01-xn9p7t",
        "２０２４－０３－０１－ＸＮ９Ｐ７Ｔ",
    ],
)
def test_a_conference_is_found_by_its_name_and_its_code_as_people_type_them(named: str) -> None:
    assert registry.find(["2024-03-01-AAAAAA", LOG], named) == LOG


@pytest.mark.parametrize("named", ["", "-", "XN9P7", "XN9P7TT", "2024-03-01", "９"])
def test_what_names_no_conference_finds_none(named: str) -> None:
    assert registry.find([LOG], named) is None


def test_a_new_conference_gets_a_code_that_no_other_has() -> None:
    log, code = registry.new_log([LOG], "2024-04-01")
    assert log == f"2024-04-01-{code}" and registry.find([LOG, log], code) == log


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the room in it, as a server left it."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    Room(SQLiteStore(tmp_path / FILE)).store.close()
    return tmp_path


def test_the_command_says_what_it_did(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = here / "cards.csv"
    cards.write_bytes(as_sheet(W))
    assert main(["fill", "ＸＮ９－Ｐ７Ｔ", str(cards)]) == 0
    assert capsys.readouterr().out == f"{LOG}：新しいカード15枚、直したカード0枚、そのままのカード0枚。\n"
    assert main(["fill", LOG, str(cards), "--lang", "en"]) == 0
    assert capsys.readouterr().out == f"{LOG}: new cards 0, changed 0, as before 15.\n"


def test_the_command_prints_all_problems_and_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = here / "cards.csv"
    cards.write_bytes(sheet("a 1 1 HC S1 can", "b 4 3 HC S1 can"))
    assert main(["fill", "XN9P7T", str(cards)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines() == [
        f"{cards}：直すところが2件あります。",
        "3行目「班」：「4」という班はありません。この会の班は1〜3です。",
        "3行目「場面」：場面「3」は、この会ではまだ開いていません。事例の場面番号を入れてください。",
        "何も書きこんでいません。",
    ]
    assert SQLiteStore(here / FILE).revision(LOG) == 3


def test_the_command_knows_wrong_use(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cards = here / "cards.csv"
    cards.write_bytes(as_sheet(W))
    assert main(["fill", "AAAAAA", str(cards)]) == 2
    assert main(["fill", LOG, str(here / "none.csv")]) == 2
    assert "AAAAAA" in capsys.readouterr().err


def test_the_command_tells_what_the_store_refuses(here: Path, monkeypatch, capsys) -> None:
    cards = here / "cards.csv"
    cards.write_bytes(as_sheet(W))
    (here / FILE).write_bytes(b"no database")
    assert main(["fill", LOG, str(cards)]) == 1
    assert "データが壊れている" in capsys.readouterr().err


def test_an_open_house_sees_what_another_process_fills_in(here: Path) -> None:
    cards = here / "cards.csv"
    cards.write_bytes(as_sheet(W))
    house = House(SQLiteStore(here / FILE), {})
    assert not house.conference(LOG).cards
    command = [sys.executable, "-m", "facilitation", "fill", "XN9P7T", str(cards)]
    subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True)
    assert len(house.conference(LOG).cards) == len(W)
    assert list(house.store.logs(KIND)) == [LOG]


def test_the_command_runs_without_the_screens(here: Path) -> None:
    code = "import sys; sys.modules['streamlit'] = sys.modules['plotly'] = None; from facilitation.cli_fill import run"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
