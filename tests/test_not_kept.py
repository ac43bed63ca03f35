"""What is handed out stays in no browser's cache: the next holder of a borrowed device opens no copy of it."""

import pytest
from test_audit_is_whole import ROUTE_LINES
from test_routes import OWN, with_grants
from test_who_may import ASKED, ASKED_CODE, LOG, here  # noqa: F401

DOWNLOADS = [row for row, line in ROUTE_LINES.items() if line[0] == "downloaded"]
"""All that the audit calls so, by the table in which every route stands."""


@pytest.mark.parametrize("row", DOWNLOADS)
def test_a_download_is_kept_by_no_browser(here, row):  # noqa: F811
    way, path = row.format(log=ASKED if "survey" in row else LOG).split()
    answer = with_grants(here, organiser=True).request(way, f"{path}?form=pre", headers=OWN)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


@pytest.mark.parametrize("row", ["GET /s/{code}", "GET /s/{code}/now", "POST /s/{code}/{what}"])
def test_nor_is_what_a_phone_is_told_of_a_survey(here, row):  # noqa: F811
    way, path = row.format(code=ASKED_CODE, what="code").split()
    sent = {"json": {"key": "phone-0001"}, "headers": OWN} if way == "POST" else {}
    answer = with_grants(here).request(way, f"{path}?k={here.surveys.survey(ASKED).key}", **sent)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")


def test_the_walk_sees_the_papers_and_the_cards_with_codes():
    papers = {
        f"GET /{name}/{{log}}" for name in ("record", "paper", "keys", "audit-sheet", "survey-paper", "survey-cards")
    }
    assert papers | {"POST /archive/{log}"} <= set(DOWNLOADS)
