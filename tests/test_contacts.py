"""The agency cards of a tablet: asked for where somebody opens them, by those who sit in the room."""

import json

from meeting import FACILITATOR, LOG, ONE, TWO, card_fields
from page_visits import words
from test_routes import seated_device, with_grants

from facilitation import cards, sharing
from facilitation.agencies import AGENCIES


def said(answer):
    return " ".join(words(answer.json()["tree"]))


def test_what_other_tables_can_do_and_the_regions_own_words_stand_on_them(here):
    here.send(LOG, cards.write_card, TWO, card="card-0001", fields=card_fields(can="車で迎えに行けます"))
    here.send(LOG, sharing.write_hint, FACILITATOR, type="HC", field="role", text="水曜は夜まで開けています")
    shown = said(seated_device(here, ONE).get(f"/contacts/{LOG}"))
    assert ("「車で迎えに行けます」" in shown, "水曜は夜まで開けています" in shown) == (True, True)


def test_a_tablet_that_has_the_newest_is_told_so_and_hears_what_came_since(here):
    tablet = seated_device(here, ONE)
    first = tablet.get(f"/contacts/{LOG}")
    again = tablet.get(f"/contacts/{LOG}", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    here.send(LOG, cards.write_card, TWO, card="card-0001", fields=card_fields(can="車で迎えに行けます"))
    newer = tablet.get(f"/contacts/{LOG}", headers={"If-None-Match": first.headers["etag"]})
    assert (newer.status_code, "車で迎えに行けます" in said(newer)) == (200, True)


def test_in_english_the_cards_speak_english(here):
    assert AGENCIES["HC"].short("en") in said(seated_device(here, ONE).get(f"/contacts/{LOG}?lang=en"))


def test_a_seat_without_cookies_shows_its_token_and_a_stranger_sees_nothing(here):
    carried = here.sign({"carry": [LOG, ONE.seat]})
    stranger = with_grants(here)
    assert stranger.get(f"/contacts/{LOG}?t={carried}").status_code == 200
    assert [stranger.get(f"/contacts/{log}").status_code for log in (LOG, "2024-04-01-BBBBBB")] == [404, 404]
    assert json.loads(stranger.get(f"/contacts/{LOG}?t={carried}").content)["tree"]
