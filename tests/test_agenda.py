"""The timetable: every variant adds up, any slot is kept to the minute, and no scene comes without what went before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from meeting import CASES

from facilitation import agenda
from facilitation.agenda import VARIANTS, Step, length, parts, plan, shared_out

PLAYED = [
    (case, variant.id) for case, texts in CASES.items() for variant in texts["ja"].variants if variant.id in VARIANTS
]


def scenes_of(case, variant):
    return [(scene.n, scene.minutes) for scene in CASES[case]["ja"].played(variant)]


def minutes(steps):
    return sum(step.seconds for step in steps) / 60


def test_each_variant_adds_up_to_its_length():
    assert {variant: length(variant) for variant in VARIANTS} == {
        "120min": 120,
        "60min": 60,
        "oac_40min": 40,
        "full": 132,
    }


def test_two_hours_are_the_timetable_of_the_brief():
    assert VARIANTS["120min"] == (
        ("reception", 0),
        ("aims", 3),
        ("rules", 5),
        ("introductions", 10),
        ("cast", 4),
        ("scene", 10),
        ("scene", 10),
        ("scene", 12),
        ("break", 5),
        ("scene", 12),
        ("table_check", 8),
        ("sharing", 9),
        ("advisers", 10),
        ("lecture", 14),
        ("survey", 6),
        ("closing", 2),
    )


def test_the_second_case_in_two_hours_step_by_step():
    assert plan("120min", scenes_of("case2", "120min")) == (
        Step("reception"),
        Step("aims", 180),
        Step("rules", 300),
        Step("introductions", 600),
        Step("cast", 240),
        Step("scene", 600, 1, 0),
        Step("reveal", 0, 0, 1),
        Step("scene", 720, 3, 1),
        Step("reveal", 0, 0, 2),
        Step("scene", 600, 4, 2),
        Step("break", 300, 0, 3),
        Step("reveal", 0, 0, 3),
        Step("scene", 720, 5, 3),
        Step("reveal", 0, 0, 4),
        Step("table_check", 480, 0, 4),
        Step("sharing", 540, 0, 4),
        Step("advisers", 600, 0, 4),
        Step("lecture", 840, 0, 4),
        Step("survey", 360, 0, 4),
        Step("closing", 120, 0, 4),
    )


def test_a_variant_that_skips_the_first_scenes_tells_before_its_first_what_happened_in_them():
    steps = plan("oac_40min", scenes_of("case2", "oac_40min"))
    assert [step for step in steps if step.kind in ("scene", "reveal")] == [
        Step("reveal", 0, 0, 0),
        Step("scene", 660, 3, 0),
        Step("reveal", 0, 0, 1),
        Step("scene", 660, 4, 1),
        Step("reveal", 0, 0, 2),
    ]


@pytest.mark.parametrize(("case", "variant"), PLAYED)
def test_every_case_fits_every_variant_it_offers(case, variant):
    scenes = scenes_of(case, variant)
    steps = plan(variant, scenes)
    played = [step for step in steps if step.scene]
    assert minutes(steps) == length(variant)
    assert [(step.scene, step.position) for step in played] == [(n, at) for at, (n, _) in enumerate(scenes)]
    shares = shared_out(sum(m for kind, m in VARIANTS[variant] if kind == "scene"), [own for _, own in scenes])
    assert [step.seconds for step in played] == [60 * share for share in shares]


@pytest.mark.parametrize(("case", "variant"), PLAYED)
def test_a_reveal_stands_before_every_scene_that_has_something_before_it_and_after_the_last(case, variant):
    steps = plan(variant, scenes_of(case, variant))
    told = [step for step in steps if step.kind in ("scene", "reveal")]
    expected = []
    for scene in (step for step in steps if step.scene):
        expected += [Step("reveal", 0, 0, scene.position)] if scene.scene > 1 else []
        expected.append(scene)
    assert told == [*expected, Step("reveal", 0, 0, len(scenes_of(case, variant)))]
    bridges = [CASES[case]["ja"].bridge(variant, step.position) for step in told if step.kind == "reveal"]
    assert all(bridges), "a reveal step with nothing to tell"


SCENES = st.lists(st.integers(1, 30), min_size=1, max_size=8).map(lambda own: list(enumerate(own, 1)))


@given(st.sampled_from(list(VARIANTS)), SCENES, st.integers(20, 300))
def test_any_slot_is_kept_to_the_minute_with_all_its_scenes(variant, scenes, slot):
    steps = plan(variant, scenes, slot)
    assert minutes(steps) == slot
    assert [step.scene for step in steps if step.scene] == [n for n, _ in scenes]
    assert all(step.seconds % 60 == 0 and step.seconds >= 0 for step in steps)
    kinds = [step.kind for step in steps if step.kind not in ("scene", "reveal")]
    assert kinds == [kind for kind, _ in VARIANTS[variant] if kind != "scene"]


@given(st.sampled_from(list(VARIANTS)), SCENES)
def test_without_a_slot_the_scenes_share_the_minutes_of_their_blocks_by_their_own(variant, scenes):
    blocks = [m for kind, m in VARIANTS[variant] if kind == "scene"]
    if len(scenes) <= len(blocks):
        shared = sum(blocks[: len(scenes)])
    else:
        shared = sum(blocks) + blocks[-1] * (len(scenes) - len(blocks))
    steps = plan(variant, scenes)
    found = [step.seconds // 60 for step in steps if step.scene]
    own = [m for _, m in scenes]
    assert sum(found) == shared
    assert all(abs(got - shared * m / sum(own)) < 1 for got, m in zip(found, own, strict=True))


@given(st.integers(0, 10_000), st.lists(st.integers(1, 100), min_size=1, max_size=20))
def test_what_is_shared_out_adds_up_and_nobody_is_off_by_one(total, weights):
    shares = shared_out(total, weights)
    assert sum(shares) == total
    assert all(abs(share - total * w / sum(weights)) < 1 for share, w in zip(shares, weights, strict=True))


def test_equal_shares_go_to_the_first():
    assert (shared_out(10, [1, 1, 1]), shared_out(0, [3, 4]), shared_out(5, [])) == ([4, 3, 3], [0, 0], [])


def test_a_step_is_read_back_from_a_log_as_it_was_written():
    step = Step("scene", 600, 3, 1)
    assert (Step.of(step.body()), Step.of({"kind": "break"})) == (step, Step("break"))


# --- parts -----------------------------------------------------------------------------------------------------------


def test_ten_minutes_of_a_scene_are_read_think_round_and_write():
    assert parts(Step("scene", 600, 1)) == (("read", 60), ("think", 120), ("round", 300), ("write", 120))


def test_introductions_take_a_turn_each_sharing_a_turn_a_group_and_a_lecture_leaves_questions():
    assert parts(Step("introductions", 600), people=7)[0] == ("turn:1", 86)
    assert parts(Step("sharing", 540), groups=3) == (("group:1", 180), ("group:2", 180), ("group:3", 180))
    assert parts(Step("lecture", 840)) == (("lecture", 720), ("questions", 120))


def test_before_anybody_is_counted_there_are_no_turns():
    assert (parts(Step("introductions", 600)), parts(Step("sharing", 540)), parts(Step("break", 300))) == ((), (), ())


@given(
    st.sampled_from(["scene", "lecture", "introductions", "sharing"]),
    st.integers(0, 3600),
    st.integers(1, 30),
    st.integers(1, 6),
)
def test_the_parts_of_a_step_add_up_to_it(kind, seconds, people, groups):
    found = parts(Step(kind, seconds), people, groups)
    assert sum(part for _, part in found) == seconds
    assert len(found) == {"scene": 4, "lecture": 2, "introductions": people, "sharing": groups}[kind]


def test_the_shares_of_a_scene_are_those_of_the_brief():
    assert agenda.SCENE_PARTS == (("read", 1), ("think", 2), ("round", 5), ("write", 2))
