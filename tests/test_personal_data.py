"""Hints on personal data (C17): the table of the trade, and many more sentences as people type them."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from meeting import CASES

from facilitation import personal_data
from facilitation.personal_data import KINDS, LONGEST, Hit, counts, fiction, hits
from facilitation.personal_numbers import luhn, my_number
from facilitation.texts import catalogue
from facilitation.typed import placed

C17 = [
    ("山田さんが先週来所した", "name"),
    ("お子さんのことで来た相談者さん", ""),
    ("Aさんが電話した", ""),
    ("06-1234-5678に電話", "phone"),
    ("080 1234 5678", "phone"),
    ("昭和55年3月2日生まれ", "birth"),
    ("架空市3丁目5番地", "address"),
    ("test@example.jp へ", "email"),
    ("受給者番号 1234567890", "idno"),
    ("みどり病院に通院中", "facility"),
    ("精神科病院に入院", ""),
    ("慣れている病院の面接室で", ""),
    ("近くの病院", ""),
    ("様々な機関と同様に", ""),
    ("保健師さんと同行する", ""),
    ("2024-03-01に開催", ""),
    ("〒530-0001", "postal"),
    ("佐藤様のご家族", "name"),
]

NAMES = [
    ("ﾔﾏﾀﾞさんの件", "name"),
    ("たなかさんの奥さん", "name"),
    ("長男のゆいちゃんが", "name"),
    ("健太くんは学校に行った", "name"),
    ("山田太郎が来た", "name"),
    ("山田　太郎 という人", "name"),
    ("長谷川健太郎様", "name"),
    ("鈴木先生に相談した", "name"),
    ("渡辺夫妻の家", "name"),
    ("昨日高橋さんから連絡", "name"),
    ("マリアさんの通訳", "name"),
    ("Tanakaさんに話した", "name"),
    ("Mr Tanaka came to us", "name"),
    ("I phoned Sato-san", "name"),
    ("Taro Yamada called", "name"),
    ("阿部さんと服部さん", "name"),
    ("Ａさん、Ｂさん、C君", ""),
    ("Ms A and Mr B", ""),
    ("保健所さん、社協さん、支援者さん", ""),
    ("ダルクさん、ケアマネさん、ヘルパーさん", ""),
    ("お母さん、おばあちゃん、皆さん、みなさん", ""),
    ("たくさんの人と、ご本人様", ""),
    ("今日行くんです。薬をちゃんと飲む", ""),
    ("毎日ちゃんと通っている", ""),
    ("同様の仕様、多様な模様、神様、王様", ""),
    ("彼氏や某氏、両氏の氏名", ""),
    ("MSWさん、PSWさん", ""),
    ("専門相談機関さん、訪問看護さん", ""),
    ("お客様、利用者様、奥様", ""),
    ("赤ちゃん、お兄ちゃん", ""),
    ("山口県から千葉に行く", ""),
    ("The Doctor and the nurse", ""),
]

NUMBERS = [
    ("０８０－１２３４－５６７８へ", "phone"),
    ("(06)1234-5678", "phone"),
    ("0312345678", "phone"),
    ("+81 90-1234-5678", "phone"),
    ("TEL：6942-1234", "phone"),
    ("よりそいホットライン 0120-279-338", ""),
    ("１１９か１１０へ", ""),
    ("2024年3月1日に開催する", ""),
    ("令和6年3月1日の研修", ""),
    ("ID: tanaka (at) example.jp", "email"),
    ("ｔｅｓｔ＠ｅｘａｍｐｌｅ．ｊｐ", "email"),
    ("郵便番号 5300001", "postal"),
    ("架空市は530-0001です", "postal"),
    ("費用は100-2000円", ""),
    ("昭和五十五年三月二日生まれ", "birth"),
    ("S55.3.2生", "birth"),
    ("1980/3/2生まれ", "birth"),
    ("誕生日は3月2日", "birth"),
    ("born on 2 March 1980", "birth"),
    ("昭和30年代生まれの世代", ""),
    ("マイナンバーは1234 5678 9018", "idno"),
    ("123456789018です", "idno"),
    ("保険証の記号番号は12345678", "idno"),
    ("患者番号：A-10293", "idno"),
    ("口座 1234567", "idno"),
    ("4111 1111 1111 1111", "idno"),
    ("大阪 300 あ 12-34", "idno"),
    ("借金は5000000円", ""),
    ("1,500,000円と10,000,000円", ""),
    ("20240301の会議", ""),
    ("1234 5678 9012", ""),
    ("#7119と189", ""),
    ("第3回、場面1-2-3", ""),
]

PLACES = [
    ("北区梅田1-2-3", "address"),
    ("八尾市東本町1-5に住む", "address"),
    ("本町三丁目に住んでいる", "address"),
    ("コーポさくら203号室", "address"),
    ("大字山ノ内12番地の3", "address"),
    ("lives at 12 Maple Street", "address"),
    ("市区町村の窓口3-4か所", ""),
    ("八尾市立病院に電話", "facility"),
    ("ハートクリニックを受診", "facility"),
    ("山田メンタルクリニック", "facility"),
    ("さくら保育園の先生", "facility"),
    ("つばさ相談支援事業所に通う", "facility"),
    ("第一小学校の先生", "facility"),
    ("株式会社アオゾラで働く", "facility"),
    ("went to Midori Hospital", "facility"),
    ("メンタルクリニックに通う", ""),
    ("大学病院を紹介された", ""),
    ("いつもの病院、かかりつけ病院、大きな病院", ""),
    ("相談支援事業所と訪問看護ステーション", ""),
    ("依存症専門医療機関、精神科クリニック", ""),
    ("小学校や中学校、高校に行く", ""),
    ("今日病院に行った", ""),
    ("a psychiatric hospital, the local Hospital, Mental Hospital", ""),
]


@pytest.mark.parametrize(("text", "wanted"), [*C17, *NAMES, *NUMBERS, *PLACES])
@pytest.mark.parametrize("extra", [False, True], ids=["rules", "extra"])
def test_a_sentence_gives_the_kinds_of_personal_data_that_stand_in_it(text, wanted, extra):
    assert {hit.kind for hit in hits(text, extra=extra)} == set(wanted.split())


def test_a_hit_says_the_words_as_they_were_typed_and_where():
    assert hits("昨日、ﾔﾏﾀﾞさんに ０６－１２３４－５６７８ から") == (
        Hit("name", "ﾔﾏﾀﾞさん", 3, 9),
        Hit("phone", "０６－１２３４－５６７８", 11, 23),
    )


def test_an_invisible_sign_inside_a_name_hides_nothing():
    assert [hit.words for hit in hits("山\u200b田さん")] == ["山\u200b田さん"]


def test_check_digits_decide():
    assert my_number("123456789018") and not my_number("123456789012")
    assert luhn("4111111111111111") and not luhn("4111111111111112")


def test_names_and_places_of_the_case_itself_are_allowed():
    story = ["佐藤さんは、みどり病院の帰りに電話をかけた。"]
    assert hits("佐藤さんとみどり病院へ。山田さんも。", fiction(story)) == (Hit("name", "山田さん", 12, 16),)
    assert hits("佐藤様に手紙を", fiction(story)) == ()


def test_counts_keep_kinds_and_numbers_and_no_words():
    assert counts(["山田さんと佐藤さん", "080-1234-5678", ""]) == {"name": 2, "phone": 1}
    assert counts(["近くの病院"]) == {}


def test_nothing_of_the_shipped_cases_and_screens_looks_like_personal_data():
    found = [hit for one in CASES.values() for case in one.values() for hit in hits(case.model_dump_json())]
    found += [hit for language in ("ja", "en") for text in catalogue(language).values() for hit in hits(text)]
    assert found == []


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_text_is_looked_through_and_every_hit_stands_where_it_says(text):
    found = hits(text)
    assert all(text[hit.start : hit.end] == hit.words and hit.kind in KINDS for hit in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize("piece", ["1-", "山田", "a.", "A ", "さん", "。", " "])
def test_a_very_long_line_is_looked_through_in_pieces_so_that_it_costs_its_length_and_no_more(piece, monkeypatch):
    seen = []
    monkeypatch.setattr(personal_data, "_FINDERS", (lambda text: seen.append(text) or (),))
    line = piece * (80_000 // len(piece))
    hits(line, extra=False)
    assert "".join(seen) == placed(line)[0]
    assert max(map(len, seen)) <= LONGEST and len(seen) <= 2 * len(line) / LONGEST
