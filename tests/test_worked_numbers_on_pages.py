"""The worked numbers of the domain brief (§7, C1-C7) as the pages show them: cards and answers come through the tables'
own verbs, what is read is what the map page draws."""

import json

import pytest
from meeting import FACILITATOR, LOG, ONE, TWO, a_house, hosted
from page_visits import Visitor, words
from worked import CARD_16, W

from facilitation import cards, sharing
from facilitation.conference import statements
from facilitation.export.record import record
from facilitation.screen.house import stand_in
from facilitation.statements import Statement

SEATS = {0: TWO, 1: ONE}
TABS = ("map", "route", "bridges", "helps", "roles", "tracks")


def card_of(said: Statement):
    """A statement of W as a table types it."""
    typed = {"can": "できます"} if said.kind == "can" else {"hard": "難しいです"}
    link = {"handover": said.handover, "to": said.to, "consent": bool(said.handover)}
    return {
        "scene": 1,
        "type": said.type,
        "stage": said.stage,
        "reason": said.reason,
        "help_code": said.help,
        **typed,
        **link,
    }


def write(here, said: Statement):
    """Odd cards by group 1, even ones by group 2, as in C2b."""
    who = SEATS[int(said.card) % 2]
    here.send(LOG, cards.write_card, who, card=f"worked-card-{said.card}", fields=card_of(said), key=f"key-{said.card}")


@pytest.fixture
def here(house):
    hosted(house, case="case1", groups=2)
    for said in W:
        write(house, said)
    return house


def read(tab, language="ja"):
    """All words of one tab of the map page."""
    page = Visitor("map", language, leads=[LOG])
    page.app.segmented_control(key="map-tabs").set_value(tab)
    page.look()
    trees = [json.loads(each.proto.bytes).get("tree", []) for each in page._components()]
    return " ".join(text for tree in trees for text in words(tree))


def test_statements_cut_from_the_cards_are_those_of_the_sheet(here):
    cut = statements(here.conference(LOG).cards.values(), texts=False)
    assert [(s.type, s.stage, s.kind, s.reason, s.help, s.handover, s.to) for s in cut] == [
        (s.type, s.stage, s.kind, s.reason, s.help, s.handover, s.to) for s in W
    ]


def test_the_map_shows_the_statuses_and_both_rates(here):
    text = read("map")
    assert "担える機関がある段階 6/8（75%）" in text and "複数で担える段階 4/8（50%）" in text
    page = read("map", "en")
    assert "6/8 (75%)" in page and "4/8 (50%)" in page


def test_bridges_ways_and_entry_to_peer_without_and_with_card_16(here):
    before = read("bridges")
    assert "具体的な説明（1）" in before and "専門相談機関がいないと道がとぎれます。" in before
    write(here, CARD_16)
    after = read("bridges")
    assert "連絡（2）" in after and "専門相談機関がいないと道がとぎれます。" in after and "33%" in after


def test_helps_stand_in_the_worked_order_and_dependence_with_its_share(here):
    text = read("helps")
    order = [text.index(f"『{name}』があれば") for name in ("人員・予算", "見学・体験・体験談", "制度・診療報酬の改善")]
    assert order == sorted(order)
    assert "16.7%" in "".join(read(tab) for tab in TABS)


@pytest.mark.parametrize(
    ("type", "stage", "own", "ticked", "asked", "shown"),
    [
        ("HC", "S5", (2, 1, 1, 0), 9, 10, ("+0.400", "期待が役割を上回る")),
        ("REC", "S5", (2, 2), 4, 12, ("−0.667", "知られていない強み")),
        ("MED", "S7", (0, 0, 1), 3, 12, ("+0.083", "おおむね一致")),
    ],
)
def test_role_and_expectation_come_from_what_tables_stated(here, type, stage, own, ticked, asked, shown):
    def stated(n, who, value=None, expected=()):
        answer = {"strengths": {} if value is None else {stage: value}, "expected": {stage: list(expected)}}
        here.send(LOG, sharing.state_role, ONE, respondent=f"respondent-{n}", type=who, **answer)

    for n, value in enumerate(own):
        stated(n, type, value)
    for n in range(asked):
        stated(100 + n, "SHG", None, [type] if n < ticked else [])
    text = read("roles")
    assert all(words in text for words in shown)


@pytest.mark.parametrize("hidden", [(), (1,), (5, 7), tuple(range(1, 16))])
def test_holding_back_never_shows_more(here, hidden):
    """What the record says with cards held back is part of what it said before."""
    conference = here.conference(LOG)
    whole = record(conference, here.case(conference, "ja"), "ja").count('<div class="card')
    for n in hidden:
        here.send(LOG, cards.hide_card, FACILITATOR, card=f"worked-card-{n}", hidden=True)
    now = here.conference(LOG)
    assert record(now, here.case(now, "ja"), "ja").count('<div class="card') == whole - len(hidden)
    assert statements(now.cards.values(), texts=False) == statements(conference.cards.values(), texts=False)


@pytest.mark.parametrize(("case", "means"), [("case1", ["1.5"]), ("case2", ["0", "3"]), ("case3", ["3"])])
def test_the_cases_own_paths_stand_on_the_page_with_their_warmth(case, means):
    house = a_house()
    stand_in(house)
    try:
        hosted(house, case=case)
        write(house, W[0])
        text = read("bridges")
    finally:
        stand_in(None)
    assert [f"平均{mean}。" in text for mean in means] == [True] * len(means)
