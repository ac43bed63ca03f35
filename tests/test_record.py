"""The printable record: fictional and said so, the map's own numbers, and no word that was held back or withdrawn."""

from html.parser import HTMLParser

import pytest
from meeting import CASES, FACILITATOR, ONE, TWO, Room, meeting
from test_recorded_logs import recorded

from facilitation import cards, commands, sharing
from facilitation.agencies import AGENCIES
from facilitation.coverage import STATUSES
from facilitation.export.record import record
from facilitation.fold import fold
from facilitation.path import HANDOVERS, STAGES
from facilitation.texts import say

LANGUAGES = ("ja", "en")


class Page(HTMLParser):
    """The texts of a page and where they stand: tags, the cells of its tables, its cards."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.texts, self.rows = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self.rows[-1].append("")
        if tag not in ("meta", "img", "br"):
            self.open.append((tag, dict(attributes).get("class")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and ("style", None) not in self.open:
            self.texts.append((tuple(self.open), data.strip()))
            if self.open[-1][0] in ("th", "td"):
                self.rows[-1][-1] += data.strip()

    @property
    def text(self):
        return "\n".join(text for _, text in self.texts)

    @property
    def cards(self):
        return [text for place, text in self.texts if ("div", "card") in place]


def page_of(name, language="ja"):
    conference = fold(None, name, recorded(name))
    return Page(record(conference, CASES[conference.case][language], language))


def page(room, language="ja"):
    return Page(record(room.now, CASES["case2"][language], language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_says_twice_that_the_case_is_fictional(language):
    told = page_of("evening", language).text
    assert told.count({"ja": "架空", "en": "ictional"}[language]) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_record_needs_nothing_else_and_runs_nothing(language):
    tags = page_of("evening", language).tags
    assert {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "a", "form"} == set()
    assert not {name for _, attributes in tags for name in attributes if name[:2] == "on" or name in ("src", "href")}
    assert tags[0] == ("html", {"lang": language})


def test_the_head_names_conference_case_date_and_code():
    ja, en = page_of("evening"), page_of("evening", "en")
    assert {"春の交流会", "令和6年3月1日（金）", CASES["case2"]["ja"].title, "XN9-P7T"} <= set(ja.text.split("\n"))
    assert {"春の交流会", "2024-03-01", CASES["case2"]["en"].title, "XN9-P7T"} <= set(en.text.split("\n"))


def head(code, stage, to="", how=""):
    link = f"→ {AGENCIES[to].short('ja')}（{HANDOVERS[how].name('ja')}）" if to else ""
    return f"{AGENCIES[code].short('ja')} · {STAGES[stage].short('ja')} {link}".strip()


def test_what_was_said_stands_by_agency_type_with_its_stage_and_hand_over():
    can, hard, needed = (say("ja", f"writer.{field}") for field in ("can", "hard", "help"))
    assert page_of("evening").cards == [
        *(head("CSC", "S5", "SHG", "H1_explain"), can, "見立てを伝えます"),
        *(head("CONSULT", "S3"), can, "話を聞きながら、一緒に調べ、電話もします"),
        *(head("CONSULT", "S5", "CSC", "H4_sit_in"), can, "電話に同席します"),
        *(head("SHG", "S7"), say("ja", "record.starred"), can, "例会に迎えます"),
        *(hard, "平日の昼は難しい", needed, "当番がいれば"),
        *(head("HC", "S4"), needed, "夜に電話できる先"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_scenes_stand_in_the_order_they_were_played_with_their_own_numbers(language):
    titles = [text for place, text in page_of("evening", language).texts if place[-1][0] == "h3"]
    scenes = CASES["case2"][language].scenes
    assert titles == [say(language, "record.scene", n=n, title=scenes[at].title) for n, at in ((1, 2), (2, 3))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_f27_what_is_held_back_or_withdrawn_is_not_in_the_record_and_the_held_back_are_counted(language):
    whole = page_of("evening", language).text
    assert [words in whole for words in ("待つ間のことは分からない", "まちがい")] == [False, False]
    assert say(language, "record.held", n=1) in whole


def test_the_words_of_an_earlier_version_are_not_in_the_record():
    assert "話を聞きながら、一緒に調べます" not in page_of("evening").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_statement_can_be_led_back_to_a_table_or_a_device(language):
    told = page_of("evening", language)
    html = record(fold(None, "evening", recorded("evening")), CASES["case2"][language], language)
    assert not [text for text in told.cards if "班" in text or "Group" in text]
    assert not [sign for sign in ("seat", "card-0001", "person-0001", "himitsu", "recorded-") if sign in html]


CELLS = {
    "CITY_CHILD": "◎ ◎ △ . ◎ . . 難",
    "HC": "◎ . . 難 ◎ . . .",
    "CSC": ". . ◎ . . ◎ . .",
    "DEBT": ". . . . . ◎ . .",
    "MED": ". . . . . △ . .",
    "SHG": ". . . . . . ◎ .",
    "REC": ". . . . . . ◎ △",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_of_the_worked_conference_has_the_worked_numbers(language):
    told = page_of("worked", language)
    rates = next(text for _, text in told.texts if "75%" in text)
    assert ("6/8" in rates, "4/8 (50%)" in rates.replace("（", " (").replace("）", ")")) == (True, True)
    hard = say(language, "map.hard_sign")
    names = {AGENCIES[code].short(language): cells.replace("難", hard) for code, cells in CELLS.items()}
    assert {name: " ".join(cell or "." for cell in cells) for name, *cells in told.rows if name in names} == names


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_groups_of_the_worked_conference_stand_side_by_side(language):
    words = {say(language, f"status.{status}"): status for status in STATUSES}
    found = page_of("worked", language).rows
    rows = {name: [words[cell] for cell in cells] for name, *cells in found if cells[0] in words}
    first, second, together = rows.values()
    assert list(rows)[:2] == [say(language, "group", n=1), say(language, "group", n=2)]
    assert [(first[n], second[n], together[n]) for n in (0, 3, 4, 7)] == [
        ("single", "single", "covered"),
        ("unasked", "gap", "gap"),
        ("single", "single", "covered"),
        ("gap", "conditional", "conditional"),
    ]


def test_markup_that_people_typed_is_shown_as_they_typed_it():
    room = meeting()
    hostile = "<script>alert(1)</script><img src=http://h/x.png onerror=a> & ![x](http://h/y.png)"
    room.write(ONE, can=hostile, hard=hostile, help=hostile)
    room.send(commands.write_line, ONE, type="HC", text="<b onclick=x>太字</b>")
    room.send(commands.set_table, ONE, people={"HC": 1})
    told = page(room)
    assert told.cards.count(hostile) == 3
    assert "<b onclick=x>太字</b>" in told.text
    assert not [attributes for tag, attributes in told.tags if tag in ("script", "img") or "onclick" in attributes]


def test_a_title_with_markup_stays_a_title():
    room = Room(title="</title><script>alert(1)</script>")
    assert "script" not in {tag for tag, _ in page(room).tags}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conference_where_nothing_was_said_has_a_record_too(language):
    told = page(meeting(), language)
    assert told.cards == []
    assert "%" not in told.text


def test_a_card_held_back_and_released_is_back_and_still_counts_meanwhile():
    room = meeting()
    room.write(ONE, can="夜も出られます")
    room.write(TWO, card="card-0002", can="一緒に行きます")
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=True)
    held = page(room)
    room.send(cards.hide_card, FACILITATOR, card="card-0001", hidden=False)
    shown = page(room)
    assert ("夜も出られます" in held.text, "夜も出られます" in shown.text) == (False, True)
    percent = [[text for text in told.text.split("\n") if "%" in text] for told in (held, shown)]
    assert percent[0] == percent[1] != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_groups_picked_and_their_next_steps_stand_in_the_record_by_agency_type(language):
    room = meeting()
    room.write(ONE, can="電話をします")
    room.send(sharing.make_pick, ONE, strength="S2", gap="S4", help="<b>夜の</b>電話")
    step = {"step": "step-0001", "type": "HC", "to": "SHG", "text": "見学の日を<i>たずねる</i>"}
    room.send(sharing.write_next_step, TWO, **step)
    page = record(room.now, CASES["case2"][language], language)
    picked = [STAGES["S2"].short(language), STAGES["S4"].short(language), "&lt;b&gt;夜の&lt;/b&gt;電話"]
    assert "".join(f"<td>{text}</td>" for text in picked) in page
    names = [AGENCIES[code].short(language) for code in ("HC", "SHG")]
    assert f"<li>{names[0]} → {names[1]}　見学の日を&lt;i&gt;たずねる&lt;/i&gt;</li>" in page
