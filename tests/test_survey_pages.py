"""The screens of those who lead a survey: desk, organisers' page, wall, tablet, print; and what guests are refused."""

import re

import pytest
from meeting import FACILITATOR, LOG, ONE, ORGANISER, hosted
from polled import GUEST
from test_pages import (
    LEAD,
    choose,
    desk,
    links,
    on_tab,
    organiser,
    press,
    said,
    sees,
    sound,
    tablet,
    tap,
    visitor,
    wall,
)
from test_routes import a_device, with_grants

from facilitation import commands, survey_answering, survey_commands
from facilitation.screen.room import survey_path
from facilitation.screen.somebody import names
from facilitation.screen.visit import Visit
from facilitation.survey_round import CLOSED, OPEN
from facilitation.survey_sheet import items_of, questionnaire_of
from facilitation.survey_texts import written
from facilitation.texts import say


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


@pytest.fixture
def log(here):
    """A conference at its door, with its survey."""
    hosted(here, scene=0)
    here.give_survey(here.conference(LOG), ORGANISER, "春の検討会")
    return here.conference(LOG).survey


def step(here, kind):
    conference = here.conference(LOG)
    at = next(i for i, each in enumerate(conference.steps) if each.kind == kind)
    here.send(LOG, commands.open_step, FACILITATOR, step=at, base=conference.step_revision)


def codes(here, log, number):
    here.surveys.send(log, survey_commands.draw_codes, ORGANISER, count=number)
    return here.surveys.survey(log).cards()


def answer(here, log, code, answers, form="post"):
    fields = {"form": form, "code": code, "answers": answers, "key": f"key-of-{code}-{form}"}
    here.surveys.send(log, survey_answering.answer, GUEST, **fields)


def page(tab="state", language="ja", **query):
    """The organisers' page of a survey with one of its tabs open."""
    at = visitor("survey", {"organiser": True}, **({"lang": language} | query))
    return at.segmented_control(key="survey-tabs").set_value(tab).run()


# --- the desk --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_desk_shows_the_counter_and_never_who_or_what(here, log, language):
    for n, code in enumerate(codes(here, log, 3)):
        answer(here, log, code, [["A1", "", "HC"], ["P1", "", 1 + n]], form="pre")
    here.surveys.send(log, survey_commands.set_expected, ORGANISER, expected=9)
    at = sound(on_tab(desk(lang=language), "surveys"), language)
    words = said(at)
    assert "3" in words and say(language, "survey_desk.of", n=9) in words
    assert not [code for code in here.surveys.survey(log).codes if any(code in text for text in words)]
    assert say(language, "answering.taps", least=14, most=42) in words


def test_the_end_leads_to_the_results_of_a_conference_that_has_a_survey(here, log):
    assert f"/results?c={LOG}" in links(on_tab(desk(), "end"))


def test_a_facilitator_closes_a_form_early_and_opens_it_again(here, log):
    at = on_tab(desk(), "surveys")
    tap(at, ["close", "pre"])
    assert here.surveys.survey(log).forms["pre"] == CLOSED
    tap(on_tab(desk(), "surveys"), ["open", "pre"])
    assert here.surveys.survey(log).forms["pre"] == OPEN


def test_a_released_form_offers_nothing_to_open(here, log):
    here.surveys.send(log, survey_commands.close_form, ORGANISER, form="pre")
    here.surveys.send(log, survey_commands.release_results, ORGANISER, form="pre")
    at = on_tab(desk(), "surveys")
    assert sees(at, say("ja", "survey_desk.released"), say("ja", "survey_desk.reopen")) == [True, False]


def test_a_conference_without_a_survey_can_be_given_one(here):
    hosted(here)
    press(on_tab(desk(), "surveys"), say("ja", "survey_desk.give"))
    survey = here.surveys.survey(here.conference(LOG).survey)
    assert (survey.conference, survey.title, survey.types) == (LOG, "春の検討会", here.conference(LOG).types)
    assert survey.forms["pre"] == CLOSED, "its first scene is open already"


def test_the_number_expected_is_that_of_the_tables_until_it_is_said(here, log):
    here.send(LOG, commands.set_table, ONE, people={"HC": 3, "CSC": 4})
    at = on_tab(desk(), "surveys")
    assert sees(at, say("ja", "survey_desk.of", n=7)) == [True]
    (number,) = at.number_input
    number.set_value(12).run()
    assert here.surveys.survey(log).expected == 12


# --- the organisers' page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("tab", ["state", "items", "paper", "texts"])
def test_every_tab_of_the_page_is_whole_in_both_languages(here, log, tab, language):
    sound(page(tab, language, c=log), language)


def test_the_page_is_found_by_its_conference_as_well(here, log):
    assert say("ja", "survey_desk.way_in") in said(page(c=LOG))


@pytest.mark.parametrize("granted", [{}, {"seats": [[LOG, "seat-one"]]}, {"leads": ["2024-03-01-OTHER1"]}])
def test_f23_nobody_else_finds_a_survey_s_page_or_what_it_prints(here, log, granted):
    at = visitor("survey", granted, c=log)
    assert say("ja", "not_found.here") in said(at)
    device = with_grants(here, **granted)
    for address in (f"/survey-paper/{log}?form=pre", f"/survey-cards/{log}"):
        assert device.get(address).status_code == 404


def test_an_organiser_opens_a_survey_for_a_visit(here):
    at = organiser("survey")
    at.radio[0].set_value("visit")
    at.text_input[0].set_value("秋の見学会")
    press(at, say("ja", "survey_open.start"))
    (found,) = here.surveys.all()
    survey = here.surveys.survey(found.id)
    assert (survey.kind, survey.title, list(survey.forms)) == ("visit", "秋の見学会", ["pre", "visit", "follow"])
    assert sees(organiser(), "秋の見学会") == [True]


def box(*words):
    found = [say("ja", "checking.found", words=each) for each in words]
    return say("ja", "checking.box", words=say("ja", "checking.between").join(found))


def test_f27_a_name_in_a_survey_s_title_or_region_is_asked_about_before_it_opens(here):
    at = organiser("survey")
    at.text_input[0].set_value("山田太郎さんの見学会")
    at.text_input[1].set_value("鈴木花子さんの地区")
    press(at, say("ja", "survey_open.start"))
    asked = box("山田太郎", "鈴木花子")
    assert sees(sound(at), asked, say("ja", "survey_open.everywhere")) == [True, True]
    assert here.surveys.all() == []
    at.button(key="rewrite-survey").click().run()
    assert (sees(at, asked), at.text_input[0].value) == ([False], "山田太郎さんの見学会")
    at.text_input[0].set_value("西本病院 秋の見学会")
    press(at, say("ja", "survey_open.start"))
    assert (sees(at, box("鈴木花子")), here.surveys.all()) == ([True], [])
    at.button(key="keep-survey").click().run()
    assert [(each.title, each.region) for each in here.surveys.all()] == [("西本病院 秋の見学会", "鈴木花子さんの地区")]


def test_f27_a_name_in_an_own_question_or_in_its_choices_is_asked_about(here, log):
    at = choose(page("items", c=log), say("ja", "items_desk.kind"), "single")
    (ja,) = [field for field in at.text_input if field.label.startswith("日本語")]
    ja.set_value("山田太郎さんの話はいかがでしたか")
    at.text_area[0].set_value("よい / good\n鈴木花子さんに聞きたい / ask")
    press(at, say("ja", "items_desk.save"))
    asked = box("山田太郎", "鈴木花子")
    assert sees(sound(at), asked, say("ja", "items_desk.everywhere")) == [True, True]
    assert items_of(here.surveys.survey(log), "pre")[-1].id != "X1"
    at.button(key="keep-own").click().run()
    assert items_of(here.surveys.survey(log), "pre")[-1].ja == "山田太郎さんの話はいかがでしたか"
    assert sees(at, asked) == [False]


def test_f27_a_name_in_other_words_for_a_question_is_asked_about(here, log):
    at = tap(page("items", c=log), ["reword", "P1"])
    (ja,) = [field for field in at.text_area if field.key == "ja-P1"]
    ja.set_value("山田太郎さんのことを思いうかべる")
    press(at, say("ja", "items_desk.reword_save"))
    assert sees(sound(at), box("山田太郎")) == [True]
    assert questionnaire_of(here.surveys.survey(log)).items["P1"].version == 1
    at.button(key="rewrite-reword-P1").click().run()
    (ja,) = [field for field in at.text_area if field.key == "ja-P1"]
    assert (sees(at, box("山田太郎")), ja.value) == ([False], "山田太郎さんのことを思いうかべる")
    ja.set_value("だれかのことを思いうかべる")
    press(at, say("ja", "items_desk.reword_save"))
    item = questionnaire_of(here.surveys.survey(log)).items["P1"]
    assert (item.version, item.ja) == (2, "だれかのことを思いうかべる")


def test_f27_the_standard_questions_are_not_asked_about(here, log):
    """No word of theirs is taken for somebody's name when one of them is said a little otherwise."""
    items = questionnaire_of(here.surveys.survey(log)).items.values()
    told = [text for item in items for each in (item, *item.options) for text in (each.ja, each.en)]
    assert len(told) > 100
    assert names(Visit("ja", here, {}), told, "") == []


def test_questions_are_hidden_ordered_and_shown_again_by_tapping(here, log):
    tap(page("items", c=log), ["hide", "A4"])
    assert "A4" not in [item.id for item in items_of(here.surveys.survey(log), "pre")]
    tap(page("items", c=log), ["show", "A4"])
    tap(page("items", c=log), ["down", "A1"])
    assert [item.id for item in items_of(here.surveys.survey(log), "pre")][:2] == ["A2", "A1"]


def own_question(at):
    """The fields of an own question in both languages."""
    return [field for field in at.text_input if field.label.startswith(("日本語", "英語"))]


def test_an_own_question_is_written_without_code(here, log):
    at = page("items", c=log)
    at = choose(at, say("ja", "items_desk.kind"), "single")
    ja, en = own_question(at)
    ja.set_value("会場はいかがでしたか")
    en.set_value("How was the venue?")
    at.text_area[0].set_value("よい / good\n遠い / far")
    press(at, say("ja", "items_desk.save"))
    item = items_of(here.surveys.survey(log), "pre")[-1]
    assert (item.id, item.ja, item.en) == ("X1", "会場はいかがでしたか", "How was the venue?")
    assert [(option.ja, option.en) for option in item.options] == [("よい", "good"), ("遠い", "far")]
    phone = a_device().get(survey_path(here.surveys.survey(log))).text
    assert "会場はいかがでしたか" in phone


def test_an_own_question_that_is_being_written_stays_while_people_answer(here, log):
    """The same fields: a browser keeps what is typed in them. Once the question is there they are new ones."""
    at = page("items", c=log)
    before = [field.proto.id for field in own_question(at)]
    (code,) = codes(here, log, 1)
    answer(here, log, code, [["A1", "", "HC"]], form="pre")
    at.run()
    assert [field.proto.id for field in own_question(at)] == before
    choose(at, say("ja", "items_desk.forms"), ["post"])
    for field in own_question(at):
        field.set_value("会場はいかがでしたか")
    press(at, say("ja", "items_desk.save"))
    assert items_of(here.surveys.survey(log), "post")[-1].ja == "会場はいかがでしたか"
    assert not {field.proto.id for field in own_question(at)} & {*before}


def test_other_words_make_a_new_version_and_are_marked(here, log):
    at = page("items", c=log)
    tap(at, ["reword", "P1"])
    (ja,) = [field for field in at.text_area if field.key == "ja-P1"]
    ja.set_value("依存症かもしれないと思える")
    press(at, say("ja", "items_desk.reword_save"))
    item = questionnaire_of(here.surveys.survey(log)).items["P1"]
    assert (item.version, item.ja) == (2, "依存症かもしれないと思える")
    assert sees(page("items", c=log), say("ja", "items_desk.version", n=2)) == [True]


def test_what_is_answered_keeps_its_questions(here, log):
    (code,) = codes(here, log, 1)
    answer(here, log, code, [["A1", "", "HC"]], form="pre")
    assert sees(page("items", c=log), say("ja", "items_desk.answered")) == [True]


def test_a_text_is_released_with_its_theme_and_one_with_a_name_only_by_who_is_sure(here, log):
    first, second = codes(here, log, 2)
    step(here, "survey")
    answer(here, log, first, [["T1", "", "いろいろな視点を学べました"], ["T5", "", "T5_1"]])
    answer(here, log, second, [["T1", "", "山田さんと話せた"], ["T5", "", "T5_1"]])
    assert sees(page("texts", c=log), "いろいろな視点を学べました", "山田さん") == [False, False]
    here.surveys.send(log, survey_commands.close_form, ORGANISER, form="post")
    places = {each.text: f"{each.sheet}-{each.item}" for each in written(here.surveys.survey(log))}
    at = page("texts", c=log)
    assert sees(at, "いろいろな視点を学べました", "山田さん") == [True, True]
    at.button(key=f"release-{places['いろいろな視点を学べました']}").click().run()
    at.button(key=f"release-{places['山田さんと話せた']}").click().run()
    assert [each.shown for each in written(here.surveys.survey(log))] == ["いろいろな視点を学べました", ""]
    at.checkbox(key=f"sure-{places['山田さんと話せた']}").check().run()
    at.button(key=f"release-{places['山田さんと話せた']}").click().run()
    found = [(each.shown, each.theme) for each in written(here.surveys.survey(log))]
    assert found == [("いろいろな視点を学べました", "QT3"), ("山田さんと話せた", "")]


# --- print -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_paper_form_holds_every_item_and_what_is_typed_for_each_choice(here, log, language):
    survey = here.surveys.survey(log)
    lead = with_grants(here, leads=[LOG])
    for form in survey.forms:
        sheet = lead.get(f"/survey-paper/{log}?form={form}&lang={language}").text
        for item in items_of(survey, form):
            assert f'<span class="id">{item.id}</span>' in sheet and item.name(language).replace("'", "&#39;") in sheet
    assert lead.get(f"/survey-paper/{log}?form=visit").status_code == 404


def test_the_cards_are_the_survey_s_own_deck(here, log):
    drawn = codes(here, log, 23)
    sheet = with_grants(here, organiser=True).get(f"/survey-cards/{log}").text
    shown = re.findall(r'<p class="code">(\w\w)-(\w\w)</p>', sheet)
    assert ["".join(pair) for pair in shown] == list(drawn)
    assert sheet.count('<div class="sheet">') == 3


def test_cards_are_drawn_by_pressing_and_more_are_added(here, log):
    at = page("paper", c=log)
    press(at, say("ja", "survey_desk.cards_draw"))
    assert len(here.surveys.survey(log).cards()) == 40
    press(page("paper", c=log), say("ja", "survey_desk.cards_draw"))
    assert len(set(here.surveys.survey(log).cards())) == 80


# --- wall and tablet -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_wall_tells_at_the_door_which_code_is_for_whom(here, log, language):
    at = sound(wall(lang=language), language)
    for key in ("join.which", "join.what", "survey_wall.which", "answering.form.pre", "join.both"):
        assert say(language, key) in said(at)
    step(here, "scene")
    here.send(LOG, commands.show_on_projector, FACILITATOR, show="join")
    assert sees(wall(), say("ja", "survey_wall.which")) == [False]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_wall_shows_the_form_after_with_its_counter_until_the_end(here, log, language):
    (code,) = codes(here, log, 1)
    here.surveys.send(log, survey_commands.set_expected, ORGANISER, expected=24)
    step(here, "survey")
    answer(here, log, code, [["Q1", "", 5]])
    at = sound(wall(lang=language), language)
    assert say(language, "survey_wall.of", n=24) in said(at) and "1" in said(at)
    step(here, "closing")
    assert say(language, "survey_wall.late") in said(wall(lang=language))
    here.send(LOG, commands.end_conference, FACILITATOR)
    assert say(language, "survey_wall.late") not in said(wall(lang=language))


def test_an_organiser_s_own_address_goes_first(here, log):
    here.send(LOG, commands.set_venue, ORGANISER, survey="https://example.jp/a")
    step(here, "survey")
    assert sees(wall(), "https://example.jp/a", f"/s/{here.surveys.survey(log).code}") == [True, False]


def test_the_step_for_tomorrow_is_asked_once(here, log):
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    step(here, "scene")
    step(here, "lecture")
    title = say("ja", "steps.title")
    assert sees(tablet(here), title) == [False]
    step(here, "survey")
    at = tablet(here)
    assert sees(at, say("ja", "survey_tablet.on_phone")) == [True]
    assert say("ja", "survey_tablet.no_phone") in [each.label for each in at.expander]


def test_where_no_phone_asks_for_the_step_the_tablet_does(here, log):
    here.surveys.send(log, survey_commands.change_items, ORGANISER, change="hide", item="T2")
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    step(here, "scene")
    step(here, "survey")
    at = tablet(here)
    assert sees(at, say("ja", "steps.title"), say("ja", "survey_tablet.on_phone")) == [True, False]


def test_a_survey_s_code_typed_at_the_door_leads_to_the_survey(here, log):
    code = here.surveys.survey(log).code
    response = a_device().get(f"/join/{code}")
    assert (response.status_code, response.headers["location"]) == (303, survey_path(here.surveys.survey(log)))


def test_the_desk_links_to_the_page_and_the_previews(here, log):
    found = links(on_tab(desk(), "surveys"))
    path = survey_path(here.surveys.survey(log))
    assert f"/survey?c={log}" in found
    assert [f"{path}&preview={form}&lang=ja" in found for form in ("pre", "post", "follow")] == [True] * 3


def test_a_leader_of_another_conference_steers_nothing_here(here, log):
    assert LEAD["leads"] == [LOG]
    at = visitor("survey", {"leads": ["2024-03-01-OTHER1"]}, c=log)
    assert list(at.button) == []
