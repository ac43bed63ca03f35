"""Every page, seen by people: two visitors over one store, where what one does the other sees.

Pictures reach the browser as trees of elements; `said` reads them, and the native elements around them, as texts.
"""

import json
import re
from urllib.parse import urlsplit

import pytest
from meeting import CASES, FACILITATOR, LOG, ONE, ORGANISER, THREE, TWO, card_fields, hosted, opening
from page_visits import holding
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.testing.v1 import AppTest

from facilitation import cards, commands
from facilitation.agencies import AGENCIES
from facilitation.screen.house import PAGES, ROOT, House
from facilitation.screen.routes import routes
from facilitation.screen.table_contacts import contact_cards
from facilitation.store.tries import Tries
from facilitation.texts import catalogue, say

MENU = ROOT / "facilitation" / "screen" / "menu.py"
LEAD = {"leads": [LOG]}
NOT_FOUND = say("ja", "not_found.here")

SCENES = CASES["case2"]["ja"].scenes


# --- reading a page --------------------------------------------------------------------------------------------------


def said(at):
    """All texts on a page, from top to bottom: of pictures and forms, labels, values and choices."""
    return [text for element in _elements(at._tree) for text in _texts(element) if text.strip()]


def _elements(block):
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _elements(child)


def _texts(element):
    if element.type == "bidi_component":
        data = json.loads(element.proto.bytes)
        yield from _of_tree(data["tree"]) if "tree" in data else _strings(data)
        return
    for name in ("label", "value", "placeholder", "body"):
        found = getattr(element, name, None)
        if isinstance(found, str):
            yield found
    for choice in getattr(element, "options", None) or ():
        yield str(getattr(choice, "content", choice))


def _of_tree(node):
    """The words of a picture: its text nodes, and what is read out or shown when pointed at."""
    if isinstance(node, str):
        yield node
    elif len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], dict):
        yield from (node[1][name] for name in ("aria-label", "title") if name in node[1])
        yield from (text for child in node[2:] for text in _of_tree(child))
    else:
        yield from (text for child in node for text in _of_tree(child))


def _strings(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        yield from (text for inner in (data.values() if isinstance(data, dict) else data) for text in _strings(inner))


def given(at, component):
    """What a form on the device was given (`kaigi_writer` …), or None where it is not on the page."""
    found = [e for e in _elements(at._tree) if e.type == "bidi_component" and e.proto.component_name == component]
    return json.loads(found[0].proto.bytes) if found else None


def links(at):
    """Where the links of a page's pictures lead."""
    return re.findall(r'"href":"(.*?)"', " ".join(_trees(at)))


def _trees(at):
    return [_tree(element) for element in _elements(at._tree) if element.type == "bidi_component"]


def _tree(element):
    tree = json.loads(element.proto.bytes).get("tree", "")
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def sees(at, *words):
    """Which of `words` stand somewhere on the page."""
    whole = "\n".join(said(at))
    return [word in whole for word in words]


KEYS = {key for language in ("ja", "en") for key in catalogue(language) if "." in key}


def sound(at, language="ja"):
    """A page that may be shown: nothing broke, it says that all is fictional, and no key stands for its text."""
    assert not at.exception, [error.message for error in at.exception]
    assert say(language, "fictional.short") in said(at)
    assert not [
        text for text in said(at) if text in KEYS or (re.search(r"\{[a-z_]+\}(?!.*[{}].*\{)", text) and _bare(text))
    ]
    return at


def _bare(text):
    """A placeholder that was never filled. The forms fill some of their own, on the device."""
    return text not in {words for language in ("ja", "en") for words in catalogue(language).values()}


# --- visitors --------------------------------------------------------------------------------------------------------


@pytest.fixture
def here(house):
    """No conference yet."""
    return house


def visitor(page, granted=None, /, **query):
    """Somebody who opens a page of the menu."""
    at = holding(AppTest.from_file(MENU, default_timeout=30), granted).run()
    at.switch_page(str(PAGES / f"{page}.py"))
    at.query_params.update(query)
    return at.run()


def organiser(page="welcome", **query):
    return visitor(page, {"organiser": True}, **query)


def desk(**query):
    return visitor("facilitate", LEAD, c=LOG, **query)


def wall(**query):
    return visitor("projector", LEAD, c=LOG, **query)


def tablet(here, who=ONE, **query):
    """A tablet that refuses cookies: its seat's token stands in the address."""
    return visitor("tablet", s=who.seat, t=here.sign({"carry": [LOG, who.seat]}), **query)


def nothing_to_see(at):
    """A page that says it is not there, and nothing else."""
    return said(at)[-2:] == [NOT_FOUND, say("ja", "not_found.home")]


def press(at, label):
    """Press the one button with this label."""
    (button,) = [button for button in at.button if button.label == label]
    return button.click().run()


def choose(at, label, value):
    """Choose one of a row of choices."""
    (row,) = [row for row in (*at.segmented_control, *at.pills) if row.label == label]
    return row.set_value(value).run()


def tap(at, act):
    """Tap something in a picture that answers `act`."""
    answer = json.dumps(act, ensure_ascii=False, separators=(",", ":"))
    pictures = [element for element in _elements(at._tree) if element.type == "bidi_component"]
    (component,) = [picture.proto for picture in pictures if answer in _tree(picture)]
    states = WidgetStates()
    states.CopyFrom(at._tree.get_widget_states())
    pressed = json.dumps([{"event": "act", "value": {"value": act, "n": 1}}])
    states.widgets.append(WidgetState(id=_make_trigger_id(component.id, "events"), json_trigger_value=pressed))
    return at._run(states)


def on_tab(at, name):
    return at.segmented_control(key="desk-tabs").set_value(name).run()


def write(here, who, card="card-0001", base=0, **fields):
    return here.send(LOG, cards.write_card, who, card=card, base=base, fields=card_fields(**fields))


# --- every page ------------------------------------------------------------------------------------------------------

GUESTS = {
    "welcome": "door.title",
    "hello": "check.ok",
    "tablet": "tablet.no_seat",
    "open": "not_found.here",
    "facilitate": "not_found.here",
    "projector": "not_found.here",
    "map": "not_found.here",
    "check": "not_found.here",
    "advise": "not_found.here",
    "password": "not_found.here",
    "audit": "not_found.here",
    "results": "not_found.here",
    "keeping": "not_found.here",
    "survey": "not_found.here",
    "year": "not_found.here",
    "along": "not_found.here",
    "bring": "not_found.here",
}
"""Page → what a guest reads there."""

THERE = sorted(page.stem for page in PAGES.glob("*.py"))


def test_every_page_is_tried_here():
    assert set(THERE) <= set(GUESTS)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", THERE)
def test_f23_a_guest_sees_the_open_pages_and_is_refused_on_the_others(here, page, language):
    hosted(here)
    write(here, ONE, can="ないしょの言葉")
    at = sound(visitor(page, c=LOG, lang=language), language)
    assert say(language, GUESTS[page]) in said(at)
    if GUESTS[page] == "not_found.here":
        assert sees(at, "ないしょの言葉", "XN9-P7T", SCENES[0].title) == [False, False, False]
        assert (list(at.button), list(at.selectbox)) == ([], [])


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("page", THERE)
def test_an_organiser_sees_every_page_whole_in_their_language(here, page, language):
    hosted(here)
    write(here, ONE)
    at = sound(organiser(page, c=LOG, lang=language), language)
    assert say(language, "not_found.here") not in said(at)


@pytest.mark.parametrize("granted", [{}, {"seats": [[LOG, ONE.seat]]}, {"leads": ["2024-04-01-AAAAAA"]}])
@pytest.mark.parametrize("page", ["open", "facilitate", "projector", "map"])
def test_f23_neither_a_seat_nor_another_conferences_key_opens_a_leaders_page(here, page, granted):
    hosted(here)
    assert nothing_to_see(visitor(page, granted, c=LOG))


@pytest.mark.parametrize("asked", ["role", "organiser", "leads", "granted", "who"])
def test_f23_a_role_in_the_address_is_nobodys_role(here, asked):
    hosted(here)
    at = visitor("facilitate", c=LOG, **{asked: "organiser"})
    assert nothing_to_see(at)


def test_f23_a_token_in_the_address_makes_a_seat_and_nothing_else(here):
    hosted(here)
    for what in ({"organiser": True}, {"leads": [LOG]}, {"enter": True}, {"carry": [LOG, ONE.seat], "organiser": True}):
        assert nothing_to_see(visitor("facilitate", c=LOG, t=here.sign(what)))


@pytest.mark.parametrize("page", ["facilitate", "projector", "map"])
def test_a_conference_that_is_not_there_is_refused_like_a_closed_door(here, page):
    assert nothing_to_see(organiser(page, c="2024-01-01-KKKKKK"))
    assert nothing_to_see(organiser(page))


# --- the front page --------------------------------------------------------------------------------------------------


def test_the_organiser_signs_in_with_the_password_and_is_led_to_the_door_that_sets_the_cookie(here):
    hosted(here)
    at = visitor("welcome")
    at.text_input[1].set_value(here.new_password)
    press(at, say("ja", "door.sign_in"))
    ticket = given(at, "kaigi_go")["to"]
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    cookie = here.signed(device.get(ticket).cookies["kaigi"])
    assert cookie.pop("device") and cookie.pop("given") and cookie == {"organiser": True}
    assert sees(sound(visitor("welcome", cookie)), say("ja", "home.title"), "春の検討会") == [True, True]
    assert sees(at.run(), say("ja", "home.title")) == [False], "the page itself holds nothing that outlives a cookie"


def test_a_wrong_password_opens_nothing(here):
    hosted(here)
    at = visitor("welcome")
    at.text_input[1].set_value("admin")
    press(at, say("ja", "door.sign_in"))
    assert given(at, "kaigi_go")["to"] == "/enter/x?typed=1"
    assert sees(at, say("ja", "refused.sign_in.password"), "春の検討会") == [True, False]


def test_a_code_leads_to_the_door_and_a_wrong_one_comes_back_from_there(here):
    hosted(here)
    at = visitor("welcome")
    at.text_input[0].set_value("ｘｎ９ー ｐ７ｔ")
    press(at, say("ja", "door.enter"))
    assert given(at, "kaigi_go") == {"to": "/join/XN9P7T"}
    at.text_input[0].set_value("AAAAAA")
    press(at, say("ja", "door.enter"))
    assert given(at, "kaigi_go") == {"to": "/join/AAAAAA"}
    wrong = visitor("welcome", wrong="AAAAAA")
    assert sees(wrong, say("ja", "door.wrong", found="AAA-AAA")) == [True]
    at.text_input[0].set_value("0O1")
    press(at, say("ja", "door.enter"))
    assert sees(at, say("ja", "door.short", found="")) == [True]


def test_f11_a_device_that_sits_finds_its_way_back(here):
    hosted(here)
    at = visitor("welcome", {"seats": [[LOG, TWO.seat], [LOG, "forgotten"]]})
    back = [link for link in links(at) if link.startswith("/tablet")]
    assert back == [f"/tablet?s={TWO.seat}"]


def test_a_refusal_in_the_address_is_one_of_ours_and_never_its_words(here):
    known = visitor("welcome", refused="conference.ended")
    assert sees(known, say("ja", "door.ended")) == [True]
    forged = sound(visitor("welcome", refused="あなたの口座は止められました", wrong="<b>x</b>"))
    assert sees(forged, "口座") == [False]


@pytest.mark.parametrize(("wait", "told"), [("15", 15), ("61", 60), ("9" * 5000, 60), ("x", 60), ("-1", 60)])
def test_an_address_makes_nobody_wait_for_more_than_a_minute(here, wait, told):
    at = sound(visitor("welcome", refused="tries.wait", wait=wait))
    assert sees(at, say("ja", "refused.tries.wait", seconds=told)) == [True]


def test_the_front_page_of_an_organiser_lists_the_running_conferences_first(here):
    hosted(here)
    here.send("2024-05-01-AAAAAA", commands.open_conference, ORGANISER, **opening(code="AAAAAA", title="終わった会"))
    at = organiser()
    assert (sees(at, "春の検討会", "終わった会"), f"/facilitate?c={LOG}" in links(at)) == ([True, True], True)
    here.send("2024-05-01-AAAAAA", commands.end_conference, ORGANISER)
    order = [text for text in said(at.run()) if text in ("春の検討会", "終わった会")]
    assert order == ["春の検討会", "終わった会"]


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_conference_is_opened_in_three_steps_and_another_organiser_sees_it(here):
    other = organiser()
    assert sees(other, say("ja", "home.none")) == [True]
    at = sound(organiser("open"))
    at.radio[0].set_value("case2").run()
    at.radio[1].set_value("120min").run()
    at.text_input[0].set_value("夏の検討会")
    press(at, say("ja", "open.next"))
    sound(at)
    at.button(key="to-3").click().run()
    sound(at)
    assert (
        sees(at, CASES["case2"]["ja"].title, *[scene.title for scene in CASES["case2"]["ja"].played("120min")])
        == [True] * 5
    )
    at.button(key="start").click().run()
    (found,) = here.conferences()
    conference = here.conference(found.id)
    assert (conference.title, conference.case, conference.variant, conference.groups) == (
        "夏の検討会",
        "case2",
        "120min",
        3,
    )
    assert sum(step.seconds for step in conference.steps) == 120 * 60
    assert [step.scene for step in conference.steps if step.scene] == [1, 3, 4, 5]
    assert sees(other.run(), "夏の検討会") == [True]
    assert sees(sound(organiser("facilitate", c=conference.id)), say("ja", "step.reception")) == [True]


def test_going_back_in_the_wizard_keeps_what_was_chosen(here):
    at = organiser("open")
    at.radio[0].set_value("case3").run()
    at.text_input[0].set_value("秋の会")
    at.button(key="to-2").click().run()
    at.button(key="back-1").click().run()
    assert (at.radio[0].value, at.text_input[0].value) == ("case3", "秋の会")
    assert here.conferences() == []


def at_the_start(title="", region=""):
    """The last look, after the start button was pressed."""
    at = organiser("open")
    at.radio[0].set_value("case2").run()
    at.text_input[0].set_value(title)
    at.text_input[1].set_value(region)
    at.button(key="to-2").click().run()
    at.button(key="to-3").click().run()
    at.button(key="start").click().run()
    return sound(at)


def test_f27_a_name_in_the_title_is_asked_about_before_it_stands_on_every_screen(here):
    asked = say("ja", "checking.box", words=say("ja", "checking.found", words="山田太郎"))
    at = at_the_start("山田太郎さんの検討会")
    assert (sees(at, asked, say("ja", "open.everywhere")), here.conferences()) == ([True, True], [])
    at.button(key="rewrite-opening").click().run()
    at.text_input[0].set_value("夏の検討会")
    for key in ("to-2", "to-3", "start"):
        at.button(key=key).click().run()
    assert [each.title for each in here.conferences()] == ["夏の検討会"]


def test_f27_who_opens_may_keep_it(here):
    at = at_the_start("夏の検討会", "鈴木花子さんの地区")
    assert here.conferences() == []
    at.button(key="keep-opening").click().run()
    assert [(each.title, each.region) for each in here.conferences()] == [("夏の検討会", "鈴木花子さんの地区")]


@pytest.mark.parametrize("title", ["", "堺保健所 春の検討会", "西本病院 事例検討会", "山田太郎さんを囲む会"])
def test_f27_a_host_and_the_people_of_the_case_are_not_asked_about(here, title, monkeypatch):
    monkeypatch.setattr(House, "fiction", lambda self, case: frozenset({"山田太郎"}))
    at_the_start(title)
    assert [each.title for each in here.conferences()] == [title]


# --- the desk, the wall, the tablets ---------------------------------------------------------------------------------


def test_a_step_opened_at_the_desk_stands_on_the_wall_and_on_the_tablets(here):
    hosted(here, scene=0)
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    lead, seen, table = desk(), wall(), tablet(here)
    assert sees(seen, SCENES[0].narrative) == sees(table, SCENES[0].question) == [False]
    for _ in range(5):
        lead.button(key=f"next-{here.conference(LOG).step_revision}").click().run()
    assert here.conference(LOG).scene == 1
    assert sees(sound(lead), SCENES[0].title, SCENES[0].question, SCENES[0].note) == [True] * 3
    assert sees(sound(seen.run()), SCENES[0].narrative, SCENES[0].question) == [True] * 2
    assert sees(sound(table.run()), SCENES[0].question, SCENES[0].narrative) == [True] * 2


def test_nothing_of_a_later_scene_and_nothing_for_facilitators_is_on_the_wall_or_a_tablet(here):
    hosted(here)
    here.send(LOG, commands.set_table, ONE, people={"HC": 1})
    private = (SCENES[0].note, SCENES[0].adviser, SCENES[0].reveal, SCENES[2].narrative, SCENES[2].question)
    assert sees(wall(), *private) == sees(tablet(here), *private) == [False] * 5


def test_f12_two_facilitators_press_next_and_one_step_opens(here):
    hosted(here)
    left, right = desk(), organiser("facilitate", c=LOG)
    base = here.conference(LOG).step_revision
    left.button(key=f"next-{base}").click().run()
    opened = here.conference(LOG)
    right.button(key=f"next-{base}").click().run()
    assert here.conference(LOG) == opened
    assert not right.exception
    assert f"next-{opened.step_revision}" in [button.key for button in right.button]


def test_the_clock_is_paused_for_everybody(here):
    hosted(here)
    lead, other = desk(), desk()
    press(lead, say("ja", "desk.pause"))
    timer = here.conference(LOG).timer
    assert (timer.running, sees(other.run(), say("ja", "desk.resume"))) == (False, [True])
    press(other, say("ja", "desk.minute"))
    assert here.conference(LOG).timer.seconds == timer.seconds + 60
    press(other, say("ja", "desk.resume"))
    assert here.conference(LOG).timer.running


def test_the_facilitator_puts_the_map_on_the_wall_and_the_next_step_takes_it_away(here):
    hosted(here)
    write(here, ONE)
    lead, seen = desk(), wall()
    at = here.conference(LOG)
    choose(lead, say("ja", "desk.on_wall"), "map")
    assert (here.conference(LOG).show, sees(seen.run(), say("ja", "map.caption"))) == ("map", [True])
    lead.button(key=f"next-{at.step_revision}").click().run()
    assert (here.conference(LOG).show, sees(seen.run(), SCENES[0].reveal)) == ("auto", [True])


def test_a_tablet_chooses_its_group_reads_the_rules_and_says_who_sits_there(here):
    hosted(here, seats=())
    here.send(LOG, commands.take_seat, ONE, seat=ONE.seat)
    table, lead = tablet(here), desk()
    assert sees(lead, say("ja", "desk.ungrouped", n=1)) == [True]
    table = tap(sound(table), ["group", 2])
    assert here.conference(LOG).seats[ONE.seat].group == 2
    assert sees(lead.run(), say("ja", "desk.rules_wait")) == [True]
    assert table.button(key="rules-go").disabled
    table.checkbox(key="rules-read").check().run()
    table.button(key="rules-go").click().run()
    assert (here.conference(LOG).rules, sees(lead.run(), say("ja", "desk.rules_done"))) == (frozenset({2}), [True])
    table.number_input(key="people-HC-0").set_value(2)
    table.number_input(key="people-SHG-0").set_value(1)
    press(table, say("ja", "tablet.table_save"))
    assert here.conference(LOG).people == {2: {"HC": 2, "SHG": 1}}
    assert sees(sound(lead.run()), f"{AGENCIES['HC'].short('ja')} 2", say("ja", "desk.people", n=3)) == [True, True]
    form = given(sound(table), "kaigi_writer")
    assert [each["code"] for each in form["types"]] == ["HC", "SHG"]
    assert (form["log"], form["seat"], form["scene"], here.signed(form["token"])) == (
        LOG,
        ONE.seat,
        1,
        {"carry": [LOG, ONE.seat]},
    )


def at_work(here):
    """Both tables have said who sits there, the first scene is open."""
    hosted(here)
    here.send(LOG, commands.set_table, ONE, people={"CONSULT": 1, "HC": 2})
    here.send(LOG, commands.set_table, TWO, people={"CSC": 1})


def test_a_card_reaches_its_own_table_the_desk_the_wall_and_the_map_but_no_other_tables_form(here):
    at_work(here)
    mine, mate, other = tablet(here), tablet(here, THREE), tablet(here, TWO)
    lead, seen, chart = on_tab(desk(), "cards"), wall(), visitor("map", LEAD, c=LOG)
    write(here, ONE, can="窓口まで歩きます", type="CONSULT", stage="S5")
    for table in (mine.run(), mate.run()):
        assert [card["can"] for card in given(sound(table), "kaigi_writer")["cards"]] == ["窓口まで歩きます"]
    assert given(other.run(), "kaigi_writer")["cards"] == []
    assert sees(sound(lead.run()), "窓口まで歩きます") == [True]
    dot = f"{say('ja', 'group', n=1)} {say('ja', 'cards', n=1)}"
    assert sees(sound(seen.run()), dot, "窓口まで歩きます") == [True, False]
    label = f"{AGENCIES['CONSULT'].short('ja')} · "
    assert any(text.startswith(label) for text in said(sound(chart.run())))


def test_a_second_tablet_of_a_table_sees_both_of_two_crossing_edits(here):
    at_work(here)
    base = write(here, ONE, can="もと").revision
    write(here, ONE, base=base, can="一人目")
    write(here, THREE, base=base, can="二人目")
    for who in (ONE, THREE):
        shown = given(tablet(here, who), "kaigi_writer")["cards"]
        assert [(card["can"], bool(card["beside"])) for card in shown] == [("一人目", False), ("二人目", True)]


def test_a_card_that_is_held_back_says_so_to_its_table_and_at_the_desk(here):
    at_work(here)
    write(here, ONE, can="実名のような言葉")
    table, lead = tablet(here), on_tab(desk(), "cards")
    assert sees(lead, say("ja", "desk.hide"), say("ja", "desk.unhide")) == [True, False]
    tap(lead, ["hide", "card-0001", True])
    assert here.conference(LOG).cards["card-0001"].hidden
    assert sees(sound(lead), say("ja", "desk.unhide")) == [True]
    assert [card["hidden"] for card in given(table.run(), "kaigi_writer")["cards"]] == [True]


def test_f27_what_a_table_can_do_stands_on_the_other_tables_agency_cards_until_it_is_held_back(here):
    at_work(here)
    write(here, ONE, can="実名のような言葉")
    shown = [contact_cards(here.conference(LOG), "ja").decode()]
    here.send(LOG, cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    shown.append(contact_cards(here.conference(LOG), "ja").decode())
    assert ["実名のような言葉" in each for each in shown] == [True, False]


def test_a_cell_of_the_map_opens_what_was_said_there(here):
    at_work(here)
    write(here, ONE, can="窓口まで歩きます", type="CONSULT", stage="S5")
    chart = visitor("map", LEAD, c=LOG)
    assert sees(chart, "窓口まで歩きます") == [False]
    assert sees(sound(tap(chart, ["cell", "CONSULT", "S5"])), "窓口まで歩きます") == [True]


def test_a_facilitator_corrects_a_cards_speaker_at_the_desk(here):
    at_work(here)
    write(here, ONE, type="CONSULT", stage="S2")
    lead = tap(on_tab(desk(), "cards"), ["correct", "card-0001", True])
    revision = here.conference(LOG).cards["card-0001"].revision
    lead.selectbox(key=f"type-card-0001-{revision}").set_value("HC")
    lead.selectbox(key=f"stage-card-0001-{revision}").set_value("S4")
    press(lead, say("ja", "desk.correct_done"))
    card = here.conference(LOG).cards["card-0001"]
    assert (card.type, card.stage, card.can) == ("HC", "S4", card_fields()["can"])
    assert [each["type"] for each in given(tablet(here), "kaigi_writer")["cards"]] == ["HC"]


def test_the_map_looks_at_one_group_or_one_scene(here):
    at_work(here)
    write(here, ONE, can="一")
    write(here, TWO, card="card-0002", type="CSC", stage="S6", can="二")
    chart = sound(visitor("map", LEAD, c=LOG))
    both = [say("ja", "map.coverage_rate", n=n, asked=n, percent="100%") for n in (2, 1)]
    assert sees(chart, *both) == [True, False]
    chart.selectbox(key="map-group").set_value(2).run()
    assert sees(sound(chart), *both) == [False, True]
    chart.selectbox(key="map-scene").set_value(1).run()
    assert sees(sound(chart), *both) == [False, True]


def test_a_seat_is_moved_at_the_desk_and_the_tablet_follows(here):
    at_work(here)
    table, lead = tablet(here), on_tab(desk(), "groups")
    lead.selectbox(key="seat").set_value(ONE.seat).run()
    lead.selectbox(key=f"group-of-{ONE.seat}-1").set_value(2).run()
    assert here.conference(LOG).seats[ONE.seat].group == 2
    assert [type["code"] for type in given(sound(table.run()), "kaigi_writer")["types"]] == ["CSC"]


def test_what_the_room_needs_is_saved_at_the_desk_and_shown_where_people_look(here):
    at_work(here)
    table, lead = tablet(here), on_tab(desk(), "room")
    label = say("ja", "desk.person")
    (person,) = [field for field in lead.text_input if field.label == label]
    person.set_value("保健師の窓口")
    press(lead, say("ja", "desk.save"))
    assert here.conference(LOG).venue.person == "保健師の窓口"
    assert sees(sound(table.run()), "保健師の窓口") == [True]


def test_groups_and_types_follow_the_desk(here):
    hosted(here, seats=())
    here.send(LOG, commands.take_seat, ONE, seat=ONE.seat)
    table, lead = tablet(here), on_tab(desk(), "room")
    lead.segmented_control(key="groups-3").set_value(5).run()
    assert here.conference(LOG).groups == 5
    offered = re.findall(r'"act":\["group",(\d)\]', " ".join(_trees(table.run())))
    assert offered == ["1", "2", "3", "4", "5"]


def test_the_end_closes_the_tablets_and_a_wrong_tap_is_taken_back(here):
    at_work(here)
    table, lead, seen = tablet(here), on_tab(desk(), "end"), wall()
    press(lead, say("ja", "desk.end_now"))
    assert here.conference(LOG).ended
    assert sees(sound(table.run()), say("ja", "tablet.ended")) == [True]
    assert given(table, "kaigi_writer")["ended"]
    assert sees(sound(seen.run()), say("ja", "closing.thanks")) == [True]
    assert f"/record/{LOG}" in links(lead) and f"/results?c={LOG}" not in links(lead)
    press(lead, say("ja", "desk.reopen"))
    assert (here.conference(LOG).ended, sees(table.run(), say("ja", "tablet.ended"))) == (False, [False])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_whole_evening_is_sound_on_every_screen_at_every_step(here, language):
    at_work(here)
    write(here, ONE, handover="H2_contact", to="CSC", consent=True)
    lead, seen, table = desk(lang=language), wall(lang=language), tablet(here, lang=language)
    for step in range(len(here.conference(LOG).steps)):
        if step != here.conference(LOG).step:
            base = here.conference(LOG).step_revision
            try:
                here.send(LOG, commands.open_step, FACILITATOR, step=step, base=base)
            except commands.Refused:
                continue
        for at in (lead, seen, table):
            sound(at.run(), language)
    texts = CASES["case2"][language]
    assert sees(wall(lang=language), texts.scenes[0].title) == [False]


def test_two_visitors_of_one_conference_read_two_languages(here):
    at_work(here)
    ja, en = wall(lang="ja"), wall(lang="en")
    assert sees(ja, SCENES[0].title, CASES["case2"]["en"].scenes[0].title) == [True, False]
    assert sees(en, SCENES[0].title, CASES["case2"]["en"].scenes[0].title) == [False, True]


def test_the_switch_of_language_leads_back_to_where_the_visitor_was(here):
    hosted(here)
    at = visitor("welcome", lang="ja")
    (switch,) = [link for link in links(at) if link.startswith("/lang/")]
    assert urlsplit(switch).path == "/lang/en"


def test_a_tablet_whose_seat_was_forged_finds_no_seat(here):
    hosted(here)
    for query in ({"s": ONE.seat}, {"s": ONE.seat, "t": "x"}, {"t": here.sign({"hand": [LOG, ONE.seat]})}):
        assert sees(sound(visitor("tablet", **query)), say("ja", "tablet.no_seat")) == [True]


def test_a_token_brings_its_own_seat_whatever_seat_the_address_names(here):
    at_work(here)
    at = visitor("tablet", s=TWO.seat, t=here.sign({"carry": [LOG, ONE.seat]}))
    assert given(at, "kaigi_writer")["seat"] == ONE.seat


# --- the reader ------------------------------------------------------------------------------------------------------


def test_the_reader_sees_the_words_of_pictures_forms_and_elements():
    def page():
        import streamlit as st

        from facilitation.screen.parts import el, picture, writer

        picture(el("p", "絵の言葉", el("b", "太い"), title="添え書き"), key="a")
        writer({"words": {"send": "出す"}, "n": 3}, key="b")
        st.text("文")
        st.button("押す")
        st.selectbox("選ぶ", ["一", "二"])

    at = AppTest.from_function(page).run()
    assert {"添え書き", "絵の言葉", "太い", "出す", "文", "押す", "選ぶ", "一", "二"} == set(said(at))


def test_a_key_in_place_of_its_text_and_a_broken_page_are_found():
    def page():
        from facilitation.screen.parts import el, picture

        picture(el("p", "架空の事例です", el("b", "desk.hide")), key="a")

    at = AppTest.from_function(page).run()
    with pytest.raises(AssertionError, match=r"desk\.hide"):
        sound(at)


# --- the password ----------------------------------------------------------------------------------------------------

NEW = "合い言葉は春の野原の菜の花"


def changing(here, old, new=NEW, again=NEW):
    """An organiser who fills in the three fields and presses the button."""
    at = visitor("password", {"organiser": here.keyring.turn})
    for field, text in zip(at.text_input, (old, new, again), strict=True):
        field.set_value(text)
    return press(at, say("ja", "password.change"))


def test_an_organiser_changes_the_password_and_stays_signed_in(here):
    other = organiser()
    at = changing(here, here.new_password)
    ticket = given(at, "kaigi_go")["to"]
    device = TestClient(Starlette(routes=routes()), follow_redirects=False)
    cookie = here.allowed(device.get(ticket).cookies["kaigi"])
    assert cookie.pop("device") and cookie.pop("given") and cookie == {"organiser": 2}
    assert (here.password_is(NEW), here.password_is(here.new_password)) == (True, False)
    assert here.allowed(here.sign({"organiser": 1})) == {}
    assert sees(other, say("ja", "home.title")) == [True]
    assert sees(other.run(), say("ja", "home.title")) == [False]


@pytest.mark.parametrize("wrong", ["old", "short", "differs"])
def test_a_password_is_not_changed_without_the_old_one_nor_to_a_bad_one(here, wrong):
    at = {
        "old": lambda: changing(here, "not the old one"),
        "short": lambda: changing(here, here.new_password, "short", "short"),
        "differs": lambda: changing(here, here.new_password, NEW, NEW + "!"),
    }[wrong]()
    key = {"old": "old", "short": "length", "differs": "again"}[wrong]
    said_why = say("ja", f"refused.new_password.{key}", least=12, most=200)
    assert sees(at, said_why) == [True]
    assert here.password_is(here.new_password)
    assert given(at, "kaigi_go") is None


def test_no_password_stands_in_the_store_or_in_what_the_server_says(here, caplog, capsys):
    changing(here, here.new_password)
    changing(here, "a wrong old password")
    spoken = caplog.text + "".join(capsys.readouterr())
    kept = repr([here.store.entries(log) for log in here.store.logs()])
    for word in (NEW, here.new_password, "a wrong old password"):
        assert word not in kept + spoken


def test_who_tries_passwords_on_the_front_page_is_asked_to_wait(here):
    here.tries = Tries(here.store, clock=lambda: 0.0)  # all in one minute, however slow the machine
    at = visitor("welcome", {"device": "ab12"})
    for n in range(6):
        at.text_input[1].set_value(f"wrong {n}")
        press(at, say("ja", "door.sign_in"))
    waits = say("ja", "refused.tries.wait", seconds="").partition("。")[0]
    assert sees(at, waits) == [True]
