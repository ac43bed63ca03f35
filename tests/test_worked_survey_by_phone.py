"""The worked numbers of C8-C11 and C14, from sheets that phones sent to the real routes to the page of results."""

from collections import defaultdict

import pytest
from answers import FOLLOW_UP, LIKERT, NETWORK, SHIFT, people
from page_visits import Visitor
from test_routes import a_device
from test_survey_routes import at, code, here, post, sheet, told

from facilitation import survey_commands
from facilitation.access import Who
from facilitation.survey_counted import result_of

__all__ = ["here"]
ORGANISER = Who("organiser")
C11 = {"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 3, "CONSULT": 6}
MORE = {"HC": 12, "CITY_CHILD": 7, "MED": 4, "SHG": 5, "CONSULT": 6}


def answered_by_phone(here, answers, types, expected=30):
    """A survey whose forms are opened, answered by one phone a respondent, closed and counted out, in their order."""
    fields = {"kind": "case_conference", "types": types, "title": "検討会", "date": "2024-03-01", "expected": expected}
    log = here.surveys.open(ORGANISER, **fields)
    by_form = defaultdict(lambda: defaultdict(list))
    for given in answers:
        by_form[given.when][given.respondent].append([given.item, given.option, given.value])
    codes = {}
    for form in ("pre", "post", "follow"):
        here.surveys.send(log, survey_commands.open_form, ORGANISER, form=form)
        for n, (who, rows) in enumerate(by_form[form].items()):
            phone = a_device()
            codes.setdefault(who, None)
            if codes[who] is None:
                codes[who] = code(phone, log, key=f"phone-{len(codes):04}")
            assert form in told(phone.get(at(log)))["forms"]
            if form != "follow":
                rows.append(["P1", "", 3])  # a sheet of blank ticks alone says nothing and is not taken
            sent = sheet(codes[who], key=f"{form}-{n:06}", form=form, answers=rows)
            assert post(phone, log, "answer", **sent).status_code == 200, rows
        here.surveys.send(log, survey_commands.close_form, ORGANISER, form=form)
    here.surveys.send(log, survey_commands.release_results, ORGANISER, form="follow")
    return here.surveys.survey(log)


def read(survey):
    return Visitor("results", log=survey.id, organiser=True)


def test_scale_and_shift(here):
    survey = answered_by_phone(here, [*LIKERT, *SHIFT], ["HC", "CITY_CHILD"])
    result = result_of(survey)
    q1, p3 = result.likert["Q1"], result.shift["P3"]
    assert (q1.n, round(q1.left, 3), round(q1.right, 3), q1.top2) == (28, -0.179, 0.821, 0.75)
    assert (p3.n, p3.before, p3.after, p3.difference, p3.up, p3.same, p3.down) == (8, 2.5, 3.625, 1.125, 6, 2, 0)
    assert "-17.9% 82.1% 75.0%" in read(survey).text("numbers-agreement-post")


def test_the_network(here):
    survey = answered_by_phone(here, NETWORK, ["HC", "CITY_CHILD", "REC"])
    drawn = result_of(survey).network
    assert (round(drawn.before.density, 3), round(drawn.after.density, 3), round(drawn.change, 3)) == (
        0.244,
        0.717,
        0.472,
    )
    assert (drawn.before.reciprocal, drawn.after.reciprocal, drawn.after.pairs) == (0, 3, 3)


@pytest.mark.parametrize(
    ("sizes", "shown", "merged"),
    [
        (C11, {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, 7),
        (MORE, {"HC": 12, "CITY_CHILD": 7, "CONSULT": 6}, 9),
        ({"HC": 3, "MED": 1}, {}, None),
        ({"HC": 8, "CITY_CHILD": 6}, {"HC": 8, "CITY_CHILD": 6}, 0),
    ],
)
def test_small_groups_are_merged_or_kept_back(here, sizes, shown, merged):
    groups = result_of(answered_by_phone(here, people(sizes), list(sizes))).by_type
    assert (dict(groups.shown), groups.merged_n) == (shown, merged)


def test_what_came_of_it(here):
    came = result_of(answered_by_phone(here, FOLLOW_UP, ["HC", "CITY_CHILD"])).follow_up
    assert (came.invited, came.responded, came.acted) == (30, 18, 11)
    assert (round(came.response, 3), round(came.action, 3)) == (0.6, 0.611)
