"""Hints on respectful wording (§8.3): every row of the table, the words around it, and both languages."""

import pytest
from meeting import CASES

from facilitation.texts import catalogue
from facilitation.wording import Wording, wording

MET = [
    ("アル中の人", "アル中"),
    ("本人は意志が弱い", "意志が弱い"),
    ("行政に丸投げされた", "丸投げ"),
    ("ｱﾙ中だと言われた", "ｱﾙ中"),
    ("アルコール中毒", "アルコール中毒"),
    ("ヤク中、薬中、ジャンキー", "ヤク中 薬中 ジャンキー"),
    ("ギャンブル中毒のパチンカス", "ギャンブル中毒 パチンカス"),
    ("依存症者への支援", "依存症者"),
    ("薬物依存者", "依存者"),
    ("中毒者や廃人、人間やめますか", "中毒者 廃人 人間やめ"),
    ("だらしない。甘えだ。自業自得、自己責任", "だらしない 甘え 自業自得 自己責任"),
    ("意思の弱さ", "意思の弱さ"),
    ("否認がある", "否認"),
    ("病識がない、やる気がない、拒否的", "病識がな やる気がない 拒否的"),
    ("底つきを待つ", "底つき"),
    ("家族の尻ぬぐい、尻拭い", "尻ぬぐい 尻拭い"),
    ("困難ケース、問題ケース、多問題家族", "困難ケース 問題ケース 多問題家族"),
    ("押し付け、押しつけ、たらい回し、たらいまわし", "押し付け 押しつけ たらい回し たらいまわし"),
    ("スリップした", "スリップ"),
    ("クリーンを続ける", "クリーン"),
    ("健常者、普通の人", "健常者 普通の人"),
    ("処遇が難しい。指導に従わない", "処遇 指導に従わ"),
    ("共依存の家族、機能不全家族", "共依存 機能不全家族"),
    ("自殺企図者、自殺未遂者", "自殺企図者 自殺未遂者"),
    ("He is an Addict", "Addict"),
    ("an alcoholic father", "alcoholic"),
    ("drug abuse and alcohol abuser", "drug abuse|alcohol abuser"),
    ("she has been clean for a year", "been clean"),
    ("a dirty test", "dirty test"),
    ("gambling junkie", "gambling junkie"),
    ("he is in denial", "in denial"),
    ("non-compliant", "non-compliant"),
    ("an enabling wife", "enabling wife"),
]

LEFT_ALONE = [
    "「助ける者が助かる」という依存症者の回復原理",
    "「「助ける者が助かる」という依存症者の回復原理」",
    "依存症の本人",
    "甘えないで話す",
    "甘えてもいいと伝える",
    "「アル中」と呼ばれて傷ついた",
    "『意志が弱い』と言われる",
    "“addict” is not our word",
    "意志が弱いわけではない",
    "意志の弱さではなく病気です",
    "服薬中の方、通院中の方、リアル中学生",
    "急性アルコール中毒で搬送、食中毒",
    "クリーニングとクリーンな環境",
    "処遇改善加算",
    "child abuse, clean clothes, Alcoholics Anonymous, non-alcoholic beer",
    "",
]


@pytest.mark.parametrize(("text", "found"), MET)
def test_a_word_that_hurts_is_met_as_it_was_typed(text, found):
    assert [each.found for each in wording(text)] == (found.split("|") if text.isascii() else found.split())


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_quotations_and_other_meanings_are_left_alone(text):
    assert wording(text) == ()


def test_another_word_is_offered():
    assert wording("アル中と、また アル中") == (Wording("アル中", "アルコール依存症の方／飲酒の問題のある方"),)


def test_a_quotation_that_is_never_closed_quotes_nothing():
    assert [each.found for each in wording("「アル中と言う")] == ["アル中"]


def test_the_screens_and_the_shipped_cases_speak_respectfully():
    texts = [text for language in ("ja", "en") for text in catalogue(language).values()]
    texts += [case.model_dump_json() for one in CASES.values() for case in one.values()]
    assert [each for text in texts for each in wording(text)] == []


def test_what_is_offered_needs_no_hint_itself():
    assert [each for text, _ in MET for met in wording(text) for each in wording(met.offer)] == []
