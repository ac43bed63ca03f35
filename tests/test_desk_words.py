"""The desk's words: held back by who leads, erased in two steps by an organiser, found by a search in any version."""

import pytest
from meeting import CASES, LOG, ONE, ORGANISER
from test_pages import LEAD, _trees, on_tab, organiser, press, sees, tap, visitor
from test_written import evening

from facilitation import cards, sharing
from facilitation.screen.desk_words import ORDER, pieces_of
from facilitation.screen.house import House, stand_in
from facilitation.survey_commands import link_survey


@pytest.fixture
def here():
    house = House(evening().store, CASES)
    stand_in(house)
    yield house
    stand_in(None)


def words(**granted):
    at = on_tab(visitor("facilitate", granted or LEAD, c=LOG), "words")
    assert not at.exception
    return at


def organising():
    return on_tab(organiser("facilitate", c=LOG), "words")


def seek(at, text):
    (field,) = [field for field in at.text_input if field.label == "探すことば（名前など）"]
    return field.set_value(text).run()


def acts(at):
    return " ".join(_trees(at))


def test_who_leads_sees_lines_steps_and_notes_and_may_hold_them_back(here):
    at = words()
    assert sees(at, "まず電話を", "会いに行く", "夜が空いています", "よい問いです") == [True] * 4
    assert sees(at, "相談日は火曜", "完全に消す…") == [False] * 2
    at = tap(at, ["hold", "line:1:HC", True])
    assert here.conference(LOG).held == {"line:1:HC"}
    wall = visitor("projector", LEAD, c=LOG)
    assert sees(wall, "まず電話を") == [False]
    tap(at, ["hold", "line:1:HC", False])
    assert here.conference(LOG).held == frozenset()


def test_an_organiser_finds_every_piece_also_contacts_and_titles(here):
    at = organising()
    assert sees(at, "山田さん", "相談日は火曜", "春の検討会", "相談窓口", "当番があれば") == [True] * 5
    assert {piece.name for piece in pieces_of(here.store.entries(LOG))} == set(here.conference(LOG).said)


def test_a_search_finds_cards_and_earlier_versions_in_any_width(here):
    revision = here.conference(LOG).cards["card-0001"].revision
    fields = {"scene": 1, "type": "CONSULT", "stage": "S2", "can": "ﾔﾏﾀﾞさんに聞く"}
    here.send(LOG, cards.write_card, ONE, card="card-0001", base=revision, fields=fields)
    revision = here.conference(LOG).cards["card-0001"].revision
    here.send(LOG, cards.write_card, ONE, card="card-0001", base=revision, fields={**fields, "can": "担当に聞く"})
    at = seek(organising(), "ヤマダ")
    assert sees(at, "担当に聞く", "前の版：ﾔﾏﾀﾞさんに聞く", "まず電話を") == [True, True, False]
    assert sees(seek(at, "どこにもない"), "ことばは見つかりません。") == [True]


def test_withdrawn_words_are_listed_for_an_organiser(here):
    revision = here.conference(LOG).cards["card-0001"].revision
    here.send(LOG, cards.withdraw_card, ONE, card="card-0001", base=revision)
    here.send(LOG, sharing.write_next_step, ONE, step="step-0001", type="HC", to="CSC", text="")
    at = organising()
    assert sees(at, "待てます", "会いに行く", "取り下げたもの") == [True] * 3


def test_erasing_takes_two_steps_and_says_what_goes_and_what_stays(here):
    at = tap(organising(), ["erase", "line:1:HC", True])
    told = (
        "このことばを完全に消しますか",
        "このことば。データのファイルからも消えます。",
        "もう受け取った記録、書き出し、写真。",
    )
    assert sees(at, *told) == [True] * 3
    assert "まず電話を" in repr(here.store.entries(LOG))
    at = press(at, "完全に消す")
    assert "まず電話を" not in repr((here.store.entries(LOG), here.writer._known))
    assert sees(at, "まず電話を") == [False]


def test_with_the_conferences_name_goes_that_of_its_survey(here):
    log = here.surveys.open_for(here.conference(LOG), ORGANISER, "春の検討会")
    here.send(LOG, link_survey, ORGANISER, survey=log)
    press(tap(organising(), ["erase", "title", True]), "完全に消す")
    assert (here.conference(LOG).title, here.surveys.survey(log).title) == ("", "")
    assert "春の検討会" not in repr((here.store.entries(LOG), here.store.entries(log), here.surveys.writer._known))


def test_a_second_thought_keeps_the_words(here):
    at = press(tap(organising(), ["erase", "title", True]), "やめる")
    assert here.conference(LOG).title == "春の検討会"
    assert sees(at, "このことばを完全に消しますか") == [False]


def test_a_card_is_erased_from_the_list_of_cards_with_what_was_made_of_it(here):
    at = tap(on_tab(organiser("facilitate", c=LOG), "cards"), ["erase", "card-0001", True])
    assert sees(
        at, "これを写したもの2つ（ほかの班のカード、選んだ「あれば」）", "このカードは、地図からも外れます。"
    ) == [True, True]
    press(at, "完全に消す")
    assert not any(card.readable for card in here.conference(LOG).cards.values())
    assert "待てます" not in repr(here.store.entries(LOG))


def test_only_the_earlier_versions_go_where_that_is_asked(here):
    here.send(LOG, sharing.write_next_step, ONE, step="step-0001", type="HC", to="CSC", text="電話をする")
    at = tap(organising(), ["erase", "step:step-0001", True])
    press(at, "前の版だけ消す")
    assert here.conference(LOG).next_steps["step-0001"].text == "電話をする"
    assert "会いに行く" not in repr(here.store.entries(LOG))


def test_f23_a_facilitator_is_shown_no_way_to_erase(here):
    at = on_tab(visitor("facilitate", LEAD, c=LOG), "cards")
    assert '"erase"' not in acts(at) + acts(words())
    at.session_state["erasing"] = "line:1:HC"
    at = on_tab(at, "words")
    assert sees(at, "このことばを完全に消しますか") == [False]


def test_every_kind_of_piece_has_its_place_in_the_list(here):
    assert {piece.kind for piece in pieces_of(here.store.entries(LOG))} <= set(ORDER)
