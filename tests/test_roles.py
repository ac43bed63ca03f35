"""What tables said of their roles, as rows for the comparison with what others expect."""

from meeting import LOG, ONE, TWO, meeting

from facilitation import sharing
from facilitation.conference import Conference, Role
from facilitation.mismatch import Difference, Expectation, Mismatch, mismatch
from facilitation.roles import expectations


def conference(*roles: Role) -> Conference:
    return Conference(LOG, roles={role.respondent: role for role in roles})


def test_each_expected_type_is_a_row_and_the_strength_stands_on_the_first() -> None:
    asked = conference(Role("one", 1, "HC", {"S3": 2, "S5": 0}, {"S5": ("CSC", "SHG"), "S8": ("REC",)}))
    assert expectations(asked) == (
        Expectation("one", "HC", "S3", 2),
        Expectation("one", "HC", "S5", 0, "CSC"),
        Expectation("one", "HC", "S5", None, "SHG"),
        Expectation("one", "HC", "S8", None, "REC"),
    )


def test_who_ticked_nothing_was_asked_all_the_same() -> None:
    assert expectations(conference(Role("one", 1, "HC", {}, {}))) == (
        Expectation("one", "HC", "S3"),
        Expectation("one", "HC", "S5"),
        Expectation("one", "HC", "S8"),
    )


def test_a_stage_beside_the_focus_counts_in_the_order_of_the_path() -> None:
    asked = conference(Role("one", 1, "MED", {"S7": 1}, {"S1": ("HC",)}))
    assert [(row.stage, row.strength, row.expected) for row in expectations(asked)] == [
        ("S1", None, "HC"),
        ("S3", None, ""),
        ("S5", None, ""),
        ("S7", 1, ""),
        ("S8", None, ""),
    ]


def test_nobody_is_expected_by_the_own_type() -> None:
    asked = conference(Role("one", 1, "HC", {}, {"S5": ("HC", "CSC")}))
    assert [row.expected for row in expectations(asked)] == ["", "CSC", ""]


def worked(code: str, stage: str, strengths: tuple[int, ...], ticked: int, asked: int) -> Conference:
    """`strengths` of the type itself; `ticked` of the `asked` others expect it."""
    own = [Role(f"own{n}", 1, code, {stage: strength}, {}) for n, strength in enumerate(strengths)]
    others = [Role(f"other{n}", 2, "CONSULT", {}, {stage: (code,)} if n < ticked else {}) for n in range(asked)]
    return conference(*own, *others)


def test_the_worked_numbers_come_out_of_what_tables_said() -> None:
    cases = [
        (worked("HC", "S5", (2, 1, 1, 0), 9, 10), 0.400, "over_expected"),
        (worked("REC", "S5", (2, 2), 4, 12), -0.667, "unknown_strength"),
        (worked("MED", "S7", (0, 0, 1), 3, 12), 0.083, "agree"),
    ]
    for asked, difference, verdict in cases:
        (shown,) = mismatch(expectations(asked)).shown
        assert (round(shown.difference, 3), shown.verdict) == (difference, verdict)


def test_too_few_answers_stay_silent() -> None:
    assert mismatch(expectations(worked("HC", "S5", (2,), 9, 10))).shown == ()
    assert mismatch(expectations(worked("HC", "S5", (2, 2), 4, 4))).shown == ()


def test_what_a_tablet_sends_arrives_as_rows() -> None:
    room = meeting()
    for n, (who, code) in enumerate([(ONE, "HC"), (TWO, "HC")]):
        strengths, expected = {"S5": 2}, {"S5": ["CSC"]}
        room.send(
            sharing.state_role, who, respondent=f"somebody-{n}", type=code, strengths=strengths, expected=expected
        )
    for n in range(5):
        room.send(sharing.state_role, ONE, respondent=f"another-{n}", type="MED", strengths={}, expected={})
    found = mismatch(expectations(room.now))
    assert found == Mismatch((Difference("HC", "S5", 1.0, 0.0, own=2, others=5),), (("CSC", "S5"),))
