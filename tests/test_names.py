"""What people write for a code."""

import pytest

from facilitation import names
from facilitation.names import Names, folded

ALL = (names.TYPE, names.STAGE, names.TRACK, names.KIND, names.REASON, names.HELP, names.HANDOVER, names.CONSENT)


@pytest.mark.parametrize(
    ("known", "text", "code"),
    [
        (names.TYPE, "CITY", "CITY_CHILD"),
        (names.TYPE, "cons", "CONSULT"),
        (names.TYPE, "ＨＣ", "HC"),
        (names.TYPE, " 市役所　子育て部門 ", "CITY_CHILD"),
        (names.TYPE, "自助グループ(家族)", "SHG_FAMILY"),
        (names.TYPE, "Debt-support association", "DEBT"),
        (names.TYPE, "回復施設（ある会・別の会 等）", "REC"),
        (names.TYPE, "家族会\u200b", "FAM_ASSOC"),
        (names.STAGE, "つなぎ（連絡・同行・同席・顔合わせ）", "S5"),
        (names.STAGE, "Wish and waiting", "S4"),
        (names.HANDOVER, "顔合わせ", "H5_meet"),
        (names.HANDOVER, "H2", "H2_contact"),
        (names.REASON, "つながりが薄い・知っている人に偏る", "B_TIE"),
        (names.KIND, "どんなことがあれば", "help"),
        (names.TYPE, "自助グループ", None),
        (names.TYPE, "医療機関（依存症専門）", None),
        (names.STAGE, "", None),
    ],
)
def test_a_name_is_understood_in_any_width_case_and_language(known: Names, text: str, code: str | None) -> None:
    assert known.code(text) == code


@pytest.mark.parametrize("known", ALL)
def test_no_spelling_stands_for_two_codes(known: Names) -> None:
    codes: dict[str, set[str]] = {}
    for spelling, code in known.codes.items():
        codes.setdefault(folded(spelling), set()).add(code)
    assert {spelling: found for spelling, found in codes.items() if len(found) > 1} == {}


def test_a_near_name_is_offered_and_a_far_one_is_not() -> None:
    assert [names.TYPE.near(text) for text in ("保険所", "HCC", "ABCDEFG", "保" * 1000)] == ["保健所", "HC", "", ""]
