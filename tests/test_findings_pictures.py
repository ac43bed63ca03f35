"""The findings of the map page: the worked numbers stand in their words and tables, kindly, strengths first."""

import re
from dataclasses import replace

import pytest
from drawn import collisions, drawings, elements, letters, outside, texts
from meeting import CASES, FACILITATOR, LOG, meeting, refusal, steps_of
from test_roles import worked
from worked import CARD_16, W, said

from facilitation.barriers import barriers
from facilitation.bridges import bridges, route
from facilitation.commands import show_on_projector
from facilitation.conference import Card, Conference
from facilitation.coverage import by_track
from facilitation.dependence import dependence
from facilitation.export.markup import markup
from facilitation.export.record import record
from facilitation.mismatch import mismatch
from facilitation.roles import expectations
from facilitation.route_map import route_map
from facilitation.screen import (
    bridge_picture,
    dependence_picture,
    findings_pictures,
    help_picture,
    role_picture,
    route_words,
    track_picture,
    way_picture,
)
from facilitation.screen.parts import el
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.texts import say

CASE = CASES["case1"]["ja"]
WARM_NOW = [*W, CARD_16]


def told(tree):
    return "\n".join(texts(tree))


def rows(tree):
    """The rows of the tables in a tree, cell by cell."""
    return [["".join(texts(cell)) for cell in row[2:]] for row in elements(tree) if row[0] == "tr"]


# --- C3 --------------------------------------------------------------------------------------------------------------


def test_a_single_type_is_named_with_its_share():
    table = rows(dependence_picture.dependence_table(dependence(W), "ja"))
    assert table[1:] == [["市役所 子育て部門", "伝える", "16.7%"], ["専門相談機関", "丁寧な説明", "16.7%"]]
    assert dependence_picture.dependence_sentences(dependence(W), "ja") == [
        "「伝える」を担えると答えたのは、いまのところ市役所 子育て部門だけです。",
        "「丁寧な説明」を担えると答えたのは、いまのところ専門相談機関だけです。",
    ]


def test_much_on_one_type_asks_who_could_share_it():
    heavy = dependence([said("1 HC S1 can"), said("2 HC S2 can"), said("3 SHG S7 can")])
    last = dependence_picture.dependence_sentences(heavy, "ja")[-2:]
    assert any("保健所に2つの段階がかかっています（担える段階の66.7%）" in sentence for sentence in last)
    assert all("だけ" in sentence or "分け合える" in sentence for sentence in last)


# --- C4 --------------------------------------------------------------------------------------------------------------


def test_the_bridges_of_the_worked_example_stand_in_the_table():
    table = dict(rows(bridge_picture.bridge_table(bridges(W), "ja"))[1:])
    assert list(table.values()) == ["同じ機関", "温かい", "–", "–", "温かい", "まだない", "説明まで", "–", "–"]
    table |= dict(rows(bridge_picture.bridge_table(bridges(WARM_NOW), "ja"))[1:])
    assert (table["つなぎ→自助・回復施設"], table["専門の支援→自助・回復施設"]) == ("温かい", "温かい")


def test_the_sentences_about_bridges_begin_with_the_strengths():
    found = bridge_picture.bridge_sentences(bridges(W), "ja")
    assert found[0].startswith("「伝える→丁寧な説明」「つなぎ→専門の支援」は、連絡や同行など")
    assert [("どんなことがあれば" in sentence) for sentence in found] == [False, False, False, True, False]
    assert bridge_picture.bridge_headline(bridges(W), "ja") == "9つのあいだ：温かい2、同じ機関1、説明まで1、まだない1"


def test_the_warmest_way_is_told_with_who_cannot_be_missed():
    now, later = (way_picture.way_sentences(route(spoken), "ja") for spoken in (W, WARM_NOW))
    assert "「具体的な説明（1）」" in now[0] and "「連絡（2）」" in later[0]
    assert now[1] == later[1] == "専門相談機関がいないと道がとぎれます。"
    assert any("選択肢" in sentence for sentence in now)
    way = way_picture.way_picture(route(W), bridges(W).edges, "ja")
    assert texts(way) == (
        [
            "市役所 子育て部門",
            "連絡",
            " →",
            "専門相談機関",
            "説明",
            " →",
            "自助グループ（本人）",
            "◎ ",
            "自助・回復施設",
        ]
    )


def test_no_way_yet_is_a_question():
    way = route(W, "POLICE")
    assert way_picture.way_sentences(way, "ja") == (
        ["警察から「自助・回復施設」まで、つながる道がまだ出ていません。どんなことがあれば？"]
    )
    assert way_picture.way_picture(way, (), "ja") is None


def test_the_entrance_to_the_peers_is_counted():
    (now,) = way_picture.peer_sentences(bridges(W).entry_to_peer, "ja")
    assert "3種類のうち1種類（33%）" in now and "0種類（0%）" in now
    (later,) = way_picture.peer_sentences(bridges(WARM_NOW).entry_to_peer, "ja")
    assert "1種類（33%）です" in later
    assert "まだ出ていません" in way_picture.peer_sentences(bridges([said("1 SHG S7 can")]).entry_to_peer, "ja")[0]


# --- C5 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "cells"),
    [
        (worked("HC", "S5", (2, 1, 1, 0), 9, 10), ["0.500", "0.900", "+0.400", "期待が役割を上回る"]),
        (worked("REC", "S5", (2, 2), 4, 12), ["1.000", "0.333", "−0.667", "知られていない強み"]),
        (worked("MED", "S7", (0, 0, 1), 3, 12), ["0.167", "0.250", "+0.083", "おおむね一致"]),
    ],
)
def test_role_and_expectation_stand_side_by_side(asked, cells):
    shown = role_picture.in_order(mismatch(expectations(asked)), ())
    assert rows(role_picture.role_table(shown, "ja"))[1][2:6] == cells


def test_what_too_few_answered_is_only_counted():
    asked = worked("HC", "S5", (2,), 9, 10)
    tree = findings_pictures.roles(asked, "ja")
    assert "回答が少ないため表示しないところが1つあります。" in texts(tree)
    assert not drawings(tree) and not rows(tree)


def test_strengths_that_are_not_known_come_first_and_agencies_as_the_conference_names_them():
    both = worked("REC", "S5", (2, 2), 4, 12)
    over = worked("HC", "S5", (0, 0), 12, 12)
    mixed = Conference(LOG, roles={**both.roles, **{f"x{n}": role for n, role in over.roles.items()}})
    renamed = {
        name: type(role)(name, role.group, role.type, role.strengths, role.expected)
        for name, role in mixed.roles.items()
    }
    shown = role_picture.in_order(mismatch(expectations(Conference(LOG, roles=renamed))), ("HC", "REC"))
    assert [each.verdict for each in shown] == ["unknown_strength", "over_expected"]


# --- C6 --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "chain", "mean", "least"),
    [
        ("case1", "final", "1.5", "1"),
        ("case2", "first_try", "0", "0"),
        ("case2", "final", "3", "3"),
        ("case3", "final", "3", "3"),
    ],
)
def test_the_paths_of_the_cases_have_the_worked_warmth(case, chain, mean, least):
    (one,) = (each for each in CASES[case]["ja"].chains if each.id == chain)
    assert rows(way_picture.chain_table([one], "ja"))[1][2:] == [mean, least]
    assert f"平均{mean}。" in way_picture.chain_sentence(one, "ja")


def test_a_low_warmth_in_case_1_is_no_failure():
    tree = findings_pictures.between(W, CASE, "ja")
    assert "数字が小さくても、失敗ではありません。" in texts(el("div", tree))
    assert CASE.chains[0].note in texts(el("div", tree))
    assert "専門相談機関→自助グループ（家族）で1です" in told(el("div", tree))


# --- C7 --------------------------------------------------------------------------------------------------------------


def test_helps_come_with_what_they_would_open_in_the_worked_order():
    tree = el("div", findings_pictures.helping(W, "ja"))
    opened = [text for text in texts(tree) if text.startswith("『")]
    assert opened == [
        "『人員・予算』があれば、「生活再建・継続」を担える機関が0種類から1種類になります（参加者の回答による）。",
        "『見学・体験・体験談』があれば、「丁寧な説明」を担える機関が1種類から2種類になります（参加者の回答による）。",
        "『制度・診療報酬の改善』があれば、「専門の支援」を担える機関が2種類から3種類になります（参加者の回答による）。",
    ]
    assert [row[1:4] for row in rows(tree)[1:4]] == [["1", "0", "1"], ["0", "1", "1"], ["0", "0", "1"]]


def test_reasons_stand_against_helps_and_two_questions_stay_open():
    tree = el("div", findings_pictures.helping(W, "ja"))
    reasons = {row[0]: row[-2:] for row in rows(tree)[5:]}
    assert reasons["時間・業務の忙しさ"] == ["1", "1件（20%）"]
    assert reasons["人手・スタッフの確保"] == ["", "1件（20%）"]
    asked = [text for text in texts(tree) if text.endswith("。どんなことがあれば？")]
    assert asked == [
        "保健所・「希望の確認・待つ」：時間・業務の忙しさ。どんなことがあれば？",
        "市役所 子育て部門・「生活再建・継続」：役割の範囲・期待のちがい。どんなことがあれば？",
    ]


def test_where_nothing_is_told_no_empty_bar_stands():
    shown = findings_pictures.finding("次回の問い", (), el("p", "どんなことがあれば？"), None, "ja")
    assert "told" not in str(shown) and "told" in str(
        findings_pictures.finding("のりしろ", ["温かい"], None, None, "ja")
    )


def test_a_help_that_changes_no_stage_is_named_all_the_same():
    (one,) = barriers([said("1 HC S1 can"), said("1 HC S1 help help=E_FACE")]).helps
    (sentence,) = help_picture.help_sentences(one, "ja")
    assert sentence == "『顔の見える関係・交流の機会』を挙げた声が1件あります。"


# --- tracks ----------------------------------------------------------------------------------------------------------


def test_the_tracks_are_a_map_and_safety_only_asks():
    spoken = [
        said("1 HC S1 can", tracks=("TF", "TS"), text="夜の連絡先を決めます"),
        said("2 MED S6 hard", tracks=("TM",)),
    ]
    drawn = rows(track_picture.track_picture(by_track(spoken), "ja", ("HC", "MED")))
    assert drawn[0][1:] == ["本人の支援", "家族の支援", "医療・治療", "借金・お金", "生活・就労・居場所"]
    assert drawn[1][1:4] == ["話題なし", "1種類だけ", "すきま"]
    tree = el("div", findings_pictures.tracks(spoken, "ja", ("HC", "MED")))
    assert {"今夜・今週の安全は、だれが・どこに", "夜の連絡先を決めます"} <= set(texts(tree))


# --- all of them -----------------------------------------------------------------------------------------------------


def everything(language):
    case = CASES["case1"][language]
    asked = worked("REC", "S5", (2, 2), 4, 12)
    return el(
        "div",
        findings_pictures.between(WARM_NOW, case, language),
        findings_pictures.helping(W, language),
        findings_pictures.roles(asked, language),
        findings_pictures.tracks(W, language, ("HC",)),
        findings_pictures.routes(route_map(W), language, ""),
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_drawings_are_legible_on_the_wall_and_nothing_in_them_meets_or_is_cut(language):
    found = drawings(everything(language))
    assert len(found) == 3
    for drawing in found:
        assert min(each.size for each in letters(drawing)) >= 26
        assert (collisions(drawing), outside(drawing)) == ([], [])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_drawing_says_what_it_is_and_stands_as_a_table_too(language):
    tree = everything(language)
    assert all(drawing[1]["aria-label"] for drawing in drawings(tree))
    assert len([each for each in elements(tree) if each[0] == "table"]) >= 8


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_is_called_better_and_no_agency_has_a_rank_or_a_score(language):
    hurting = r"より良い|優れ|劣|点数|得点|評価|順位|番目|\bbetter\b|\bscore|\brank|果たしていない|✕|×[^0-9]"
    assert not re.search(hurting, told(everything(language)))


# --- in words, and in the record -------------------------------------------------------------------------------------


def test_the_route_map_in_words_and_as_a_table():
    view = route_map(W, ("CITY_CHILD", "HC", "CSC"))
    assert texts(route_words.sentences(view, "ja")) == [
        "7種類の機関の声から、6つの段階に担い手がいます。",
        "機関のあいだのつなぎ：連絡・同行など 2、紹介・説明まで 1。",
        "「希望の確認・待つ」には、まだ線がありません。どんなことがあれば進められるでしょうか。",
    ]
    assert rows(route_words.table(view, "ja"))[1] == ["市役所 子育て部門", "つなぎ", "専門相談機関", "連絡", "1"]


def played(*scenes):
    """A conference with a card of another type in each of these scenes."""
    codes = ("HC", "CSC", "SHG", "REC")
    cards = {
        f"card-{n}": Card(f"card-{n}", 1, scene, codes[n], "S1", n, "", can="できます")
        for n, scene in enumerate(scenes)
    }
    shown = {"variant": "120min", "date": "2024-03-01", "title": "<script>alert(1)</script>"}
    return Conference(LOG, steps=steps_of(), scenes=scenes, types=codes, cards=cards, **shown)


def test_the_map_grows_scene_by_scene_and_its_rows_stay():
    conference = played(1, 3, 4)
    grown = [sum(bool(row.stations) for row in route_words.routes_of(conference, scene).rows) for scene in (1, 3, 4, 0)]
    assert grown == [1, 2, 3, 3]
    assert len(route_words.routes_of(conference, 1).rows) == 3
    assert route_words.until_words(conference, 3, "ja") == "場面2まで"
    assert route_words.scene_words(conference, 0, "ja") == "すべて"


def on_the_wall(conference, show, language="ja"):
    return picture_of(Wall(replace(conference, show=show), CASES["case2"][language], language, 0.0))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("show", ["route", "route:1", "bridges", "helps", "mismatch"])
def test_the_wall_draws_each_finding_before_and_after_the_first_card(show, language):
    for conference in (played(), played(1, 3)):
        tree = on_the_wall(conference, show, language)
        title = say(language, f"step.{show.partition(':')[0]}")
        assert title in texts(tree)


def test_the_wall_shows_the_route_map_up_to_the_chosen_scene_and_follows_without_one():
    conference = played(1, 3)
    assert "場面1まで" in told(on_the_wall(conference, "route:1"))
    for whole in ("route", "route:9", "route:" + "9" * 5000):  # the last ones: in a file from elsewhere
        assert "場面2まで" in told(on_the_wall(conference, whole))


def test_only_a_scene_that_was_opened_can_be_chosen_for_the_wall():
    room = meeting()
    room.send(show_on_projector, FACILITATOR, show="route:1")
    assert room.now.show == "route:1"
    for show in ("route:2", "route:", "route:1;", "routes"):
        assert refusal(show_on_projector, room.now, FACILITATOR, show=show) == ("not_allowed", {})


def test_a_drawing_is_written_out_with_everything_escaped():
    hostile = "\"><script>alert('1')</script>&"
    written = markup(el("svg", el("text", hostile, x=1, title=hostile), viewBox="0 0 1 1"))
    assert written == (
        '<svg viewBox="0 0 1 1"><text x="1" title="&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;">'
        "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;&amp;</text></svg>"
    )


def test_what_could_act_or_lead_away_is_not_written_out():
    assert markup(["rect", {"onclick": "x()", "href": "//x", "act": [1], "style": "x", "a b": "1", "x": 2}]) == (
        '<rect x="2"></rect>'
    )
    for tag in ("script", "foreignObject", "a", "style", "img"):
        with pytest.raises(ValueError, match="not drawn"):
            markup([tag, {}])


def test_links_are_written_out_where_they_lead_to_what_was_named():
    tags, links = frozenset(("p", "a")), ("tel:", "https://example.jp/")
    for there in ("tel:119", "https://example.jp/a"):
        assert markup(["p", {}, ["a", {"href": there}, "<"]], tags, links) == f'<p><a href="{there}">&lt;</a></p>'
    for elsewhere in ("javascript:x", "https://example.jp.evil.example/", "//x", " tel:1"):
        assert markup(["a", {"href": elsewhere}], tags, links) == "<a></a>"


def test_the_lines_of_a_drawing_keep_their_ends():
    assert markup(el("line", x1=1, x2=2.5, y1=3, y2=4, stroke_width=2)) == (
        '<line x1="1" x2="2.5" y1="3" y2="4" stroke-width="2"></line>'
    )


def test_the_record_holds_the_route_map_as_it_stands_on_the_wall():
    conference = played(1, 3)
    tree = findings_pictures.routes_in_full(conference, "ja")
    page = record(conference, CASES["case2"]["ja"], "ja", tree)
    assert page.count("<svg") == 1 and "支援の路線図" in page and "<script>" not in page
    assert "<svg" not in record(conference, CASES["case2"]["ja"], "ja")
