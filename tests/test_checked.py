"""F27: words that may name somebody real are saved at once, stay on their table, and come out when both have looked."""

import json

import pytest
from meeting import FACILITATOR, GUEST, LOG, ONE, ORGANISER, THREE, TWO, card_fields, hosted
from meeting import refusal as refused_by
from starlette.applications import Starlette
from starlette.testclient import TestClient
from test_pages import LEAD, desk, given, said, tablet, tap, visitor

from facilitation import advice, cards, checked, checking, cli_fill, commands, remarks, sharing
from facilitation.access import Who
from facilitation.commands import SHOWN
from facilitation.conference import Check, statements
from facilitation.coverage import coverage
from facilitation.entries import Draft
from facilitation.export.record import record
from facilitation.fill import PAPER
from facilitation.screen.findings_pictures import routes_in_full
from facilitation.screen.routes import routes
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.sheet import read_cards
from facilitation.texts import say

CARD, NOTE, STEP, MORE = "card-0001", "note-0001", "step-0001", "card-0002"
DOCTOR = Who("adviser", "abcdef012345", "医師")

WORDS = {
    "card": "山田さんに電話",
    "hard": "佐藤さんの家が遠い",
    "help": "鈴木さんの車",
    "line": "高橋さんを呼んで",
    "note": "渡辺さんのことは",
    "step": "伊藤さんに会う",
    "advice": "加藤さんを思い出した",
    "hint": "小林さんまで",
}
NAMES = [text[:4] for text in WORDS.values()]
WORD = say("ja", "checking.word")


@pytest.fixture
def here(house):
    hosted(house)
    for who, people in ((ONE, {"CONSULT": 1, "HC": 2}), (TWO, {"CSC": 1})):
        house.send(LOG, commands.set_table, who, people=people)
    return house


def write(here, who=ONE, card=CARD, base=0, **fields):
    return here.send(LOG, cards.write_card, who, card=card, base=base, fields=card_fields(**fields))


def all_typed(here):
    """A name in every place where people type."""
    write(here, can=WORDS["card"], hard=WORDS["hard"], help=WORDS["help"])
    here.send(LOG, commands.write_line, ONE, type="HC", text=WORDS["line"])
    here.send(LOG, sharing.review_map, ONE, note=NOTE, about=2, text=WORDS["note"])
    here.send(LOG, sharing.write_next_step, ONE, step=STEP, type="HC", to="CSC", text=WORDS["step"])
    note = advice.own_note(DOCTOR, "scene:1")
    here.send(LOG, advice.comment, DOCTOR, note=note, about="scene:1", text=WORDS["advice"])
    here.send(LOG, sharing.write_hint, FACILITATOR, type="HC", field="role", text=WORDS["hint"])
    here.send(LOG, sharing.make_pick, ONE, help=WORDS["help"])
    return here.conference(LOG)


def base_of(here, about):
    return here.conference(LOG).checks[about].revision


def keep(here, who, about, **other):
    return here.send(LOG, checked.keep_words, who, about=about, base=other.get("base", base_of(here, about)))


def release(here, about, who=FACILITATOR, **other):
    return here.send(LOG, checked.release_words, who, about=about, base=other.get("base", base_of(here, about)))


def kept_and_released(here):
    """Everybody keeps what they wrote, and the facilitator releases all of it."""
    for each in checking.waiting(here.conference(LOG)):
        if not each.check.kept:
            keep(here, DOCTOR if "scene-1" in each.about else ONE, each.about)
        release(here, each.about)


def refusal(*args, **fields):
    return refused_by(lambda: fields.pop("act")(*args, **fields))


# --- marked as they are written --------------------------------------------------------------------------------------


def test_f27_an_entry_keeps_kinds_and_numbers_of_what_was_found_and_no_other_word_of_it(here):
    write(here, can="山田さんと佐藤さん、080-1234-5678", hard="近くの病院")
    body = here.store.entries(LOG)[-1].body
    assert body["personal"] == {"name": 2, "phone": 1}
    assert here.conference(LOG).checks == {
        f"card:{CARD}": Check({"name": 2, "phone": 1}, base_of(here, f"card:{CARD}"))
    }


def test_every_entry_with_typed_words_is_marked_and_every_other_left_as_it_is(here):
    all_typed(here)
    typed = [entry for entry in here.store.entries(LOG) if entry.kind in checked.TYPED]
    assert {entry.kind for entry in typed} == set(checked.TYPED)
    assert all(entry.body["personal"]["name"] >= 1 for entry in typed)
    assert [entry.kind for entry in here.store.entries(LOG) if "personal" in entry.body and entry not in typed] == []


def test_the_device_says_nothing_of_it(here):
    write(here, can="いっしょに電話", personal={}, kept=True)
    write(here, card=MORE, can="山田さん", personal={}, allowed=["山田"], released=True)
    assert list(here.conference(LOG).checks) == [f"card:{MORE}"]


def test_words_of_the_case_itself_are_nobodys():
    draft = Draft("line_written", "seat:a", {"group": 1, "type": "HC", "text": "佐藤さんと山田さん"})
    assert checked.marked((draft,), {"佐藤"})[0].body["personal"] == {"name": 1}
    plain = Draft("line_written", "seat:a", {"group": 1, "type": "HC", "text": "Aさん"})
    assert checked.marked((plain,)) == (plain,)


def test_what_the_organiser_says_of_the_room_is_meant_to_be_real(here):
    here.send(LOG, commands.set_venue, ORGANISER, person="保健師 山田さん", contacts="06-1234-5678")
    assert here.conference(LOG).checks == {}


# --- where it is read ------------------------------------------------------------------------------------------------


def everything_elsewhere(here, language="ja"):
    """All that anybody but the writing table and the desk reads, as one text."""
    now = here.conference(LOG)
    case = here.case(now, language)
    told = [record(now, case, language, routes_in_full(now, language))]
    for show in (*SHOWN, "route:1"):
        here.send(LOG, commands.show_on_projector, FACILITATOR, show=show)
        told.append(picture_of(Wall(here.conference(LOG), case, language, 0.0)))
    here.send(LOG, commands.show_on_projector, FACILITATOR, show="auto")
    told += [statements(now.cards.values()), now.picked_help(1), now.public_lines(), now.public_notes()]
    told += [now.public_steps(), remarks.remarks(now, language), remarks.quotes(now)]
    return repr(told)


def steps_of(here):
    return {step.kind: at for at, step in enumerate(here.conference(LOG).steps)}


def go_to(here, kind):
    here.send(
        LOG,
        commands.open_step,
        FACILITATOR,
        step=steps_of(here)[kind],
        base=here.conference(LOG).step_revision,
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f27_words_with_an_open_hit_are_on_no_wall_and_in_no_file_and_come_when_they_are_released(here, language):
    all_typed(here)
    here.send(LOG, commands.open_step, FACILITATOR, step=9, base=here.conference(LOG).step_revision)
    told = everything_elsewhere(here, language)
    assert [name for name in NAMES if name in told] == []
    assert say(language, "checking.word") in told
    kept_and_released(here)
    told = everything_elsewhere(here, language)
    assert [name for name in NAMES if name not in told] == [WORDS["hint"][:4]], "agency cards are on tablets alone"


@pytest.mark.parametrize("kind", ["scene", "break", "table_check", "sharing", "closing"])
def test_f27_words_with_an_open_hit_are_on_no_other_tables_tablet_no_advisers_screen_and_no_map(here, kind):
    all_typed(here)
    go_to(here, kind)
    for at in (tablet(here, TWO), visitor("advise", LEAD, c=LOG), visitor("map", LEAD, c=LOG)):
        assert not at.exception
        own = {WORDS["hint"][:4]} if at.session_state["granted"] else set()
        assert [name for name in NAMES if name in "\n".join(said(at)) and name not in own] == []


def test_the_map_opens_a_cell_without_the_words(here):
    all_typed(here)
    at = visitor("map", LEAD, c=LOG)
    tap(at, ["cell", "CONSULT", "S2"])
    assert WORD in "\n".join(said(at)) and "山田さん" not in "\n".join(said(at))


def test_words_with_an_open_hit_stand_on_their_own_table_and_at_the_desk_with_the_reason(here):
    all_typed(here)
    for who in (ONE, THREE):
        (card,) = given(tablet(here, who), "kaigi_writer")["cards"]
        assert card["can"] == WORDS["card"]
        assert card["boxes"]["ask"] == say("ja", "checking.box", words="〔山田さん〕、〔佐藤さん〕、〔鈴木さん〕")
    lead = "\n".join(said(desk()))
    assert [name for name in NAMES if name not in lead] == []
    assert say("ja", "checking.title", n=6) in lead


def test_the_card_counts_in_the_map_all_the_while(here):
    write(here, can=WORDS["card"], hard="", type="CONSULT", stage="S2")
    now = here.conference(LOG)
    assert coverage(statements(now.cards.values())).levels["CONSULT"] == {"S2": 2}
    (only,) = statements(now.cards.values())
    assert only.text == ""


def test_a_card_with_an_open_hit_is_neither_starred_nor_given_a_heart_nor_picked(here):
    write(here, can=WORDS["card"], help=WORDS["help"])
    assert refusal(LOG, advice.star, DOCTOR, act=here.send, card=CARD, starred=True) == ("card.none", {})
    assert refusal(LOG, sharing.give_heart, TWO, act=here.send, card=CARD, type="CSC") == ("card.none", {})
    here.send(LOG, sharing.make_pick, ONE, help=WORDS["help"])
    assert here.conference(LOG).picked_help(1) == ""


def test_a_pick_of_words_that_no_card_says_is_looked_at_as_well(here):
    here.send(LOG, sharing.make_pick, ONE, help="山田さんの車")
    assert here.conference(LOG).picked_help(1) == ""
    here.send(LOG, sharing.make_pick, ONE, help="夜の電話")
    assert here.conference(LOG).picked_help(1) == "夜の電話"


def test_a_star_given_before_is_gone_from_the_wall_with_an_edit_that_names_somebody(here):
    base = write(here, can="いっしょに行きます").revision
    here.send(LOG, advice.star, DOCTOR, card=CARD, starred=True)
    write(here, base=base, can="山田さんと行きます")
    assert remarks.quotes(here.conference(LOG)) == ()


# --- rewritten, kept, released ---------------------------------------------------------------------------------------


def test_rewriting_ends_it_at_once(here):
    base = write(here, can=WORDS["card"]).revision
    write(here, base=base, can="Aさんに電話")
    now = here.conference(LOG)
    assert (now.checks, now.cards[CARD].public) == ({}, True)


def test_f27_kept_words_wait_for_the_facilitator_and_released_words_stand_everywhere(here):
    write(here, can=WORDS["card"])
    keep(here, ONE, f"card:{CARD}")
    assert not here.conference(LOG).cards[CARD].public
    release(here, f"card:{CARD}")
    assert here.conference(LOG).cards[CARD].public


def test_nothing_is_released_before_its_writer_has_kept_it_unless_the_tables_have_gone_home(here):
    write(here, can=WORDS["card"])
    assert refusal(here, f"card:{CARD}", act=release) == ("checking.not_kept", {})
    here.send(LOG, commands.end_conference, FACILITATOR)
    release(here, f"card:{CARD}")
    assert here.conference(LOG).cards[CARD].public


def test_an_edit_of_the_words_asks_anew_and_an_edit_of_anything_else_does_not(here):
    write(here, can=WORDS["card"])
    kept_and_released(here)
    base = here.conference(LOG).cards[CARD].revision
    base = write(here, base=base, can=WORDS["card"], stage="S5").revision
    assert here.conference(LOG).cards[CARD].public
    here.send(LOG, cards.correct_card, FACILITATOR, card=CARD, type="HC", stage="S6")
    assert here.conference(LOG).cards[CARD].public
    write(here, base=here.conference(LOG).cards[CARD].revision, can=WORDS["card"] + "した", stage="S5")
    assert not here.conference(LOG).cards[CARD].public
    assert not here.conference(LOG).checks[f"card:{CARD}"].kept


def test_a_decision_about_other_words_than_those_that_stand_there_is_refused(here):
    write(here, can=WORDS["card"])
    old = base_of(here, f"card:{CARD}")
    write(here, base=old, can="佐藤さんに電話")
    assert refusal(here, ONE, f"card:{CARD}", act=keep, base=old) == ("checking.moved", {})
    keep(here, ONE, f"card:{CARD}")
    assert refusal(here, f"card:{CARD}", act=release, base=old) == ("checking.moved", {})


@pytest.mark.parametrize("who", [TWO, DOCTOR, FACILITATOR, GUEST], ids=["other table", "adviser", "desk", "guest"])
def test_nobody_keeps_another_tables_words(here, who):
    write(here, can=WORDS["card"])
    assert refusal(here, who, f"card:{CARD}", act=keep) == ("not_allowed", {})


@pytest.mark.parametrize("who", [ONE, DOCTOR, GUEST], ids=["table", "adviser", "guest"])
def test_only_those_who_lead_release(here, who):
    write(here, can=WORDS["card"])
    keep(here, THREE, f"card:{CARD}")
    assert refusal(here, f"card:{CARD}", act=release, who=who) == ("not_allowed", {})


def test_an_adviser_keeps_the_own_comment_and_no_other_one(here):
    all_typed(here)
    about = f"note:{advice.own_note(DOCTOR, 'scene:1')}"
    other = Who("adviser", "fedcba543210", "回復施設")
    assert refusal(here, other, about, act=keep) == ("not_allowed", {})
    assert refusal(here, DOCTOR, f"note:{NOTE}", act=keep) == ("not_allowed", {})
    keep(here, DOCTOR, about)
    assert here.conference(LOG).checks[about].kept


def test_who_leads_keeps_words_by_writing_them_and_still_releases_them_by_a_tap(here):
    here.send(LOG, sharing.write_hint, FACILITATOR, type="HC", field="role", text=WORDS["hint"])
    assert checking.hint(here.conference(LOG), "HC", "role", "ja") == WORD
    release(here, "hint:HC:role")
    assert checking.hint(here.conference(LOG), "HC", "role", "ja") == WORDS["hint"]


def test_twice_is_one_entry_and_a_repeat_is_the_same_receipt(here):
    write(here, can=WORDS["card"])
    about = f"card:{CARD}"
    assert keep(here, ONE, about).fresh and not keep(here, ONE, about).fresh
    assert release(here, about).fresh and not release(here, about).fresh


def test_a_card_made_of_a_heart_is_looked_at_by_itself(here):
    write(here, can=WORDS["card"])
    kept_and_released(here)
    here.send(LOG, sharing.give_heart, TWO, card=CARD, type="CSC")
    here.send(LOG, sharing.heart_to_card, TWO, card=CARD, text="うちも：")
    copy = here.conference(LOG).cards[sharing.own_card(CARD, 2)]
    assert (copy.can, copy.public) == ("うちも：" + WORDS["card"], False)


def test_words_that_were_taken_back_wait_for_nothing(here):
    base = write(here, can=WORDS["card"]).revision
    here.send(LOG, cards.withdraw_card, ONE, card=CARD, base=base)
    here.send(LOG, commands.write_line, ONE, type="HC", text=WORDS["line"])
    here.send(LOG, commands.write_line, ONE, type="HC", text="")
    assert checking.waiting(here.conference(LOG)) == ()


def test_the_desk_releases_with_one_tap_and_the_table_reads_where_it_stands(here):
    write(here, can=WORDS["card"])
    about = f"card:{CARD}"
    lead, table = desk(), tablet(here)
    assert say("ja", "checking.asked") in said(lead)
    keep(here, ONE, about)
    (card,) = given(table.run(), "kaigi_writer")["cards"]
    assert card["boxes"] == {"kept": say("ja", "checking.kept")}
    tap(lead.run(), [about, base_of(here, about)])
    assert here.conference(LOG).cards[CARD].public
    assert not [text for text in said(lead) if "確認待ち" in text]
    (card,) = given(table.run(), "kaigi_writer")["cards"]
    assert card["boxes"] == {}


def test_a_word_that_may_hurt_is_answered_with_another_one_and_kept_nowhere(here):
    write(here, can="アル中の人に会う")
    (card,) = given(tablet(here), "kaigi_writer")["cards"]
    assert card["boxes"] == {
        "wording": [say("ja", "checking.wording", found="アル中", offer="アルコール依存症の方／飲酒の問題のある方")]
    }
    assert here.conference(LOG).cards[CARD].public
    assert "offer" not in json.dumps([dict(entry.body) for entry in here.store.entries(LOG)])


@pytest.mark.parametrize(
    ("kind", "form", "piece", "name"),
    [
        ("introductions", "kaigi_fields", "line:1:HC", "高橋さん"),
        ("sharing", "kaigi_words", f"note:{NOTE}", "渡辺さん"),
        ("closing", "kaigi_words", f"step:{STEP}", "伊藤さん"),
    ],
)
def test_every_form_of_a_tablet_is_given_the_question_about_its_own_words(here, kind, form, piece, name):
    if kind == "introductions":  # before the first scene, where no card can be written
        go_to(here, kind)
        here.send(LOG, commands.write_line, ONE, type="HC", text=WORDS["line"])
    else:
        all_typed(here)
        go_to(here, kind)
    at = given(tablet(here), form)
    rows = [row for row in (*at.get("fields", ()), *at.get("items", ())) if row.get("boxes")]
    assert [(row["boxes"]["about"], row["boxes"]["ask"]) for row in rows] == [
        (piece, say("ja", "checking.box", words=f"〔{name}〕"))
    ]


def test_a_table_can_still_answer_when_the_step_of_those_words_is_over(here):
    all_typed(here)
    go_to(here, "break")
    table = tablet(here)
    assert not table.exception
    asked = sum(text.startswith(say("ja", "checking.box", words="")[:16]) for text in said(table))
    assert asked == 4, "card, line, word for another table, next step"
    for piece in ("line:1:HC", f"note:{NOTE}", f"step:{STEP}"):
        keep(here, ONE, piece)
    assert given(table.run(), "kaigi_fields") is None and given(table, "kaigi_words") is None
    assert given(tablet(here, TWO), "kaigi_fields") is None


def test_an_adviser_is_asked_about_the_own_comment(here):
    here.send(LOG, advice.comment, FACILITATOR, note="facilitator-scene-1", about="scene:1", text=WORDS["advice"])
    (field, *_) = given(visitor("advise", LEAD, c=LOG), "kaigi_fields")["fields"]
    assert field["boxes"] == {"kept": say("ja", "checking.kept")}


def test_cards_from_paper_are_looked_at_too(here, tmp_path, monkeypatch):
    sheet = tmp_path / "cards.csv"
    sheet.write_text("group,scene,type,stage,kind,text\n1,1,CONSULT,S2,can,山田さんと行く\n", "utf-8")
    read = read_cards(sheet.read_bytes(), PAPER)
    cli_fill._send(here.store, LOG, read, "ja")
    (card,) = here.conference(LOG).cards.values()
    assert (card.can, card.public) == ("山田さんと行く", False)
    release(here, f"card:{card.id}")
    assert here.conference(LOG).cards[card.id].public


# --- through the routes ----------------------------------------------------------------------------------------------


def post(client, here, verb, seat=ONE, **fields):
    sent = {"log": LOG, "seat": seat.seat, "verb": verb, "fields": fields}
    sent["token"] = here.sign({"carry": [LOG, seat.seat]})
    return client.post("/do", json=sent, headers={"Origin": "http://testserver"})


def test_a_tablet_keeps_its_words_through_the_route_and_releases_nothing(here):
    write(here, can=WORDS["card"])
    about = f"card:{CARD}"
    client = TestClient(Starlette(routes=routes()))
    assert post(client, here, "release_words", about=about, base=base_of(here, about)).status_code == 400
    assert post(client, here, "keep_words", seat=TWO, about=about, base=base_of(here, about)).status_code == 422
    assert post(client, here, "keep_words", about=about, base=1).json()["refused"] == [
        say("ja", "refused.checking.moved")
    ]
    assert post(client, here, "keep_words", about=about, base=base_of(here, about), key="k" * 24).status_code == 200
    assert here.conference(LOG).checks[about].kept
    for rubbish in ({"about": 7, "base": "x"}, {"about": ["card"], "base": 1}, {"about": about}):
        assert post(client, here, "keep_words", **rubbish).status_code in (400, 422)
