"""A whole evening with case 1: a facilitator, a projector and three tables, from the QR code to the printed record."""

import pytest
from playwright.sync_api import Page, expect

from facilitation.path import STAGES
from tests.browser.screens import Projector, Tablet, seconds_until, together
from tests.browser.visitors import CASE, TYPES, Visitors
from tests.worked import W

pytestmark = pytest.mark.browser

STEPS = (
    *("reception", "aims", "rules", "introductions", "cast"),
    *("scene", "reveal", "scene", "reveal", "scene", "break", "reveal", "scene", "reveal"),
    *("table_check", "sharing", "advisers", "lecture", "survey", "closing"),
)
TABLES = {
    1: {"CITY_CHILD": 2, "HC": 1, "REC": 1},
    2: {"CSC": 1, "DEBT": 1, "CITY_CHILD": 1},
    3: {"MED": 1, "SHG": 2, "HC": 1},
}
LEVELS = {
    "CITY_CHILD": {"S1": 2, "S2": 2, "S3": 1, "S5": 2, "S8": 0},
    "CSC": {"S3": 2, "S6": 2},
    "DEBT": {"S6": 2},
    "HC": {"S1": 2, "S4": 0, "S5": 2},
    "MED": {"S6": 1},
    "REC": {"S7": 2, "S8": 1},
    "SHG": {"S7": 2},
}
STATUSES = ("covered", "single", "single", "gap", "covered", "covered", "covered", "conditional")


SENTENCES = {
    "ja": {
        "card": "声その{n}：まずは話を聞きます",
        "line": "家庭訪問ができます。まずはお電話を。",
        "wrong": "これはうちの役目ではないかも",
        "regretted": "取り下げることになる一言",
    },
    "en": {
        "card": "Voice number {n}: we listen first",
        "line": "We can visit at home. Please ring first.",
        "wrong": "Perhaps this is not our part",
        "regretted": "A word that will be taken back",
    },
}


class Words:
    """What the tables write, in their language."""

    def __init__(self, language: str) -> None:
        said = SENTENCES[language]
        self._card, self.line, self.wrong, self.regretted = said["card"], said["line"], said["wrong"], said["regretted"]

    def of(self, card: int) -> str:
        return self._card.format(n=card)


def fields_of(card: int, words: Words) -> dict[str, str]:
    """Card `card` of the worked example as it is put into the form."""
    said = W[card - 1]
    fields = {"speaker": said.type, "stage": said.stage, said.kind: words.of(card), "reason": said.reason}
    return fields | {"help_code": said.help, "handover": said.handover, "to": said.to}


def write(tablet: Tablet, *cards: int) -> None:
    for card in cards:
        tablet.write(**fields_of(card, Words(tablet.language)))


def full_width(code: str) -> str:
    """The code as a Japanese keyboard may leave it: full width, small letters."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in code.lower())


@pytest.mark.parametrize("language", ["ja", "en"])
def test_case1_whole(visitors: Visitors, language: str) -> None:
    words = Words(language)
    case = CASE[language]
    desk = visitors.facilitator()
    desk.open(case.title, TYPES, groups=3)
    wall = visitors.projector(desk)

    # Two tables join by the picture on the wall, read the rules and say who they are.
    first, second = visitors.tablet(wall.join_path), visitors.tablet(wall.join_path)
    first.sit(1, TABLES[1])
    second.sit(2, TABLES[2])
    expect(wall.page.get_by_text(wall.say("join.count", n=2))).to_be_visible()
    code = wall.code

    desk.go_to(desk.say("step.introductions"))
    first.introduce("HC", words.line)
    expect(wall.page.locator(".wall .lines li").filter(has_text=words.line)).to_contain_text(wall.short("HC"))

    # Scene 1: two cards at one moment; a third is left half written while the scenes move on.
    desk.scene(1)
    for tablet, card in ((first, 1), (second, 2)):
        tablet.sees(case.scenes[0].question)
        tablet.fill(**fields_of(card, words))
    together(first.send, second.send)
    first.has(words.of(1))
    second.has(words.of(2))
    expect(wall.counts(1, 1)).to_be_visible()
    expect(wall.counts(2, 1)).to_be_visible()
    first.fill(**fields_of(3, words))

    # Scene 2: the half-written card is still there; one tablet reloads in mid-typing; one table comes late.
    desk.scene(2)
    first.sees(case.scenes[1].question)
    expect(first.field("can")).to_have_value(words.of(3))
    first.tap(first.send)
    first.has(words.of(3))
    second.fill(**fields_of(4, words))
    second.page.reload()
    expect(second.field("can")).to_have_value(words.of(4))
    second.tap(second.send)
    second.has(words.of(4))
    late = visitors.guest().join(full_width(code))
    late.sit(3, TABLES[3])
    first.fill(**fields_of(5, words))
    one_card = f"{wall.say('group', n=1)} {wall.say('cards', n=1)}"
    to_wall = seconds_until(first.send, wall.page, ".wall footer", one_card)
    first.has(words.of(5))

    # Scenes 3 and 4, with the break, the reveals and the map between.
    desk.scene(3)
    late.write("MED", can=words.regretted, stage="S4")
    late.withdraw(words.regretted)
    write(late, 6)
    write(first, 7)
    late.fill(**fields_of(8, words))
    to_desk = seconds_until(late.send, desk.page, "article.group:nth-child(3)", desk.say("desk.written", n=2, all=2))
    late.has(words.of(8))
    desk.scene(4)
    write(second, 9, 10)
    write(late, 11, 12)
    write(first, 13, 14)
    first.write(**{**fields_of(15, words), "hard": words.wrong})
    first.edit(words.wrong)
    first.field("hard").fill(words.of(15))
    first.tap(first.send)
    first.has(words.of(15))
    expect(first.own(words.wrong)).to_have_count(0)
    print(f"\n{language}: from the tap to the wall {to_wall * 1000:.0f} ms, to the desk {to_desk * 1000:.0f} ms")
    assert max(to_wall, to_desk) < 5

    the_map_is_right_to_the_number(desk, wall)
    desk.hide(words.of(13))
    every_step_to_the_end(desk, wall)
    the_map_is_right_to_the_number(desk, wall)
    desk.end()
    writing_is_refused(visitors, desk, first, wall)
    the_record_is_whole(desk, words)


def the_map_is_right_to_the_number(desk, wall: Projector) -> None:
    """The map on the wall and the map page, cell by cell; the rates; what is held back still counts."""
    desk.show("map")
    expect(wall.page.locator(".wall .body.at-map")).to_be_visible()
    levels = {2: ("level.2", "◎"), 1: ("level.1", "△"), 0: ("level.0", wall.say("map.hard_sign"))}
    expected = {}
    for agency, row in LEVELS.items():
        for stage, level in row.items():
            name, sign = levels[level]
            place = (wall.short(agency), STAGES[stage].short(wall.language))
            expected[place] = f"{' · '.join((*place, wall.say(name)))} {sign}"
    statuses = [wall.say(f"status.{status}") for status in STATUSES]
    rates = [
        wall.say("map.coverage_rate", n=6, asked=8, percent="75%"),
        wall.say("map.robust_rate", n=4, asked=8, percent="50%"),
    ]
    page = desk.page.context.new_page()
    page.goto(f"{desk.base}/map?c={desk.conference}")
    for here in (wall.page, page):
        seen = Projector(here, wall.base, wall.language)
        for rate in rates:
            expect(here.locator("p.rates")).to_contain_text(rate)
        assert seen.map().cells() == expected
        assert seen.map().statuses() == statuses
    page.close()
    desk.show("auto")


def every_step_to_the_end(desk, wall: Projector) -> None:
    """Through the rest of the timetable; the wall follows each press."""
    assert desk.steps.count() == len(STEPS)
    for step in range(desk.at() + 1, len(STEPS)):
        assert desk.next() == step
        expect(wall.page.locator(f".wall .body.at-{STEPS[step]}")).to_be_visible()
    expect(desk.page.get_by_text(desk.say("desk.last"))).to_be_visible()
    expect(wall.title).to_have_text(wall.say("step.closing"))


def writing_is_refused(visitors: Visitors, desk, tablet: Tablet, wall: Projector) -> None:
    """After the end: the page says so, offers nothing to write, and the server refuses what is sent all the same."""
    tablet.sees(tablet.say("tablet.ended"))
    expect(tablet.send).to_be_hidden()
    expect(wall.page.locator(".wall footer")).to_contain_text(wall.say("ended"))
    answer = post_card(tablet.page, desk.conference, tablet.seat)
    assert answer == {"status": 422, "refused": [tablet.say("refused.conference.ended")], "fields": []}
    guest = visitors.guest()
    guest.page.goto(f"{guest.base}/join/{desk.conference[-6:]}")
    guest.sees(guest.say("door.ended"))


def post_card(page: Page, conference: str, seat: str) -> dict:
    """What a device that has not heard of the end would send."""
    return page.evaluate(
        """async ([log, seat]) => {
            const fields = { scene: 1, type: 'HC', stage: 'S1', can: '…' };
            const body = JSON.stringify({ log, seat, verb: 'write_card', fields: { card: 'ffffffffffff', fields } });
            const headers = { 'Content-Type': 'application/json' };
            const answer = await fetch('/do', { method: 'POST', headers, body });
            return { status: answer.status, ...await answer.json() };
        }""",
        [conference, seat],
    )


def the_record_is_whole(desk, words: Words) -> None:
    """Every statement but the one held back and the one taken back; the edited one as it was edited."""
    page = desk.page.context.new_page()
    page.goto(f"{desk.base}/record/{desk.conference}?show=1")
    text = page.locator("body").inner_text()
    assert desk.say("fictional.short") in text and desk.say("fictional.long") in text
    assert [card for card in range(1, 16) if words.of(card) not in text] == [13]
    assert words.regretted not in text and words.wrong not in text
    assert words.line in text
    assert desk.say("record.held", n=1) in text
    if desk.language == "ja":
        assert "架空" in text
    page.close()
