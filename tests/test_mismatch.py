"""C5: what others expect beside what a type says of itself."""

from facilitation.mismatch import Difference, Expectation, Mismatch, mismatch


def own(agency: str, stage: str, *strengths: int | None) -> list[Expectation]:
    return [Expectation(f"{agency}{n}", agency, stage, strength) for n, strength in enumerate(strengths)]


def others(agency: str, stage: str, ticked: int, asked: int) -> list[Expectation]:
    """`asked` respondents of another type, `ticked` of whom expect `agency` at `stage`."""
    return [Expectation(f"o{n}", "CONSULT", stage, expected=agency if n < ticked else "") for n in range(asked)]


def test_a_health_centre_of_which_more_is_expected_than_it_says() -> None:
    found = mismatch(own("HC", "S5", 2, 1, 1, 0) + others("HC", "S5", 9, 10))
    assert found == Mismatch((Difference("HC", "S5", 0.5, 0.9, own=4, others=10),), ())
    assert (round(found.shown[0].difference, 3), found.shown[0].verdict) == (0.4, "over_expected")


def test_a_recovery_facility_whose_strength_is_not_known() -> None:
    found = mismatch(own("REC", "S5", 2, 2) + others("REC", "S5", 4, 12))
    assert found == Mismatch((Difference("REC", "S5", 1.0, 4 / 12, own=2, others=12),), ())
    assert (round(found.shown[0].difference, 3), found.shown[0].verdict) == (-0.667, "unknown_strength")


def test_a_hospital_where_both_agree() -> None:
    found = mismatch(own("MED", "S7", 0, 0, 1) + others("MED", "S7", 3, 12))
    assert found == Mismatch((Difference("MED", "S7", 1 / 6, 0.25, own=3, others=12),), ())
    assert (round(found.shown[0].difference, 3), found.shown[0].verdict) == (0.083, "agree")


def test_the_lower_bound_belongs_to_the_unknown_strength() -> None:
    assert Difference("HC", "S5", 0.9, 0.5, 5, 5).verdict == "unknown_strength"
    assert Difference("HC", "S5", 0.899, 0.5, 5, 5).verdict == "agree"


def test_too_few_answers_are_hidden() -> None:
    assert mismatch(own("HC", "S5", 2) + others("HC", "S5", 5, 5)) == Mismatch((), (("HC", "S5"),))
    assert mismatch(own("HC", "S5", 2, 2) + others("HC", "S5", 4, 4)) == Mismatch((), (("HC", "S5"),))


def test_a_blank_answer_is_no_strength_and_a_respondent_without_ticks_was_asked_all_the_same() -> None:
    found = mismatch(own("HC", "S5", 2, None, 0) + others("HC", "S5", 1, 5))
    assert found.shown == (Difference("HC", "S5", 0.5, 0.2, own=2, others=5),)


def test_respondents_asked_about_another_stage_are_others_too() -> None:
    found = mismatch(own("HC", "S5", 2, 2) + own("MED", "S7", 1, 1, 1) + own("REC", "S8", 1, 2))
    assert found.shown == (
        Difference("HC", "S5", 1.0, 0.0, own=2, others=5),
        Difference("REC", "S8", 0.75, 0.0, own=2, others=5),
    )
    assert found.hidden == (("MED", "S7"),)
