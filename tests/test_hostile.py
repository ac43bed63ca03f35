"""F21 over every page, paper and file: what is typed into any field stands there as it was typed, nothing is made of
it. Pages, routes and fields are asked of the code: what is new and not looked at here fails."""

import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from google.protobuf.json_format import MessageToDict
from hostile import CORPUS, LOG, MARK, SURVEY, TYPED, Hostile, everything
from meeting import FACILITATOR, ONE, TWO, a_house, card_fields, hosted, steps_of
from starlette.routing import Route
from streamlit.testing.v1 import AppTest
from test_pages import LEAD, _elements, tablet, visitor
from test_routes import OWN, with_grants

from facilitation import cards, commands
from facilitation.commands import SHOWN
from facilitation.export.answers import answers_csv
from facilitation.screen import first_page
from facilitation.screen.house import PAGES, ROOT, stand_in
from facilitation.screen.parts import painted, plain
from facilitation.screen.room import survey_path
from facilitation.screen.routes import routes
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.survey_counted import result_of
from tests.who_may import PAGES as SEEN_BY

THERE = sorted(page.stem for page in PAGES.glob("*.py"))
ROLES = {
    "organiser": {"organiser": True},
    "facilitator": LEAD,
    "adviser": {"advises": [LOG], "roles": {LOG: "医師"}, "device": "d"},
    "wall": {"walls": [LOG]},
    "seat": {"seats": [[LOG, ONE.seat], [LOG, TWO.seat]]},
    "guest": {},
}
LOOKS = [
    *((page, "organiser", language) for page in THERE for language in ("ja", "en")),
    *((page, role, "ja") for page in THERE for role in sorted(SEEN_BY[page]) if role in ROLES and role != "organiser"),
]
"""Every page as its organisers see it in both languages, and as each other role that may see it."""

AS_TEXT = frozenset(
    (
        "text",
        "code",
        "text_input",
        "text_area",
        "number_input",
        "selectbox",
        "multiselect",
        "plotly_chart",
        "bidi_component",
    )
)
"""Elements that show words as they are; seen in `browser/test_hostile_in_a_browser.py`."""

WORDS_IN = frozenset(("aria-label", "title", "alt", "placeholder", "value", "data-key", "data-said", "act"))
"""Attributes that may hold words: no browser follows, loads or runs them."""


@pytest.fixture(scope="module")
def full():
    """The house and its texts, for all tests here: nothing below writes words."""
    house = a_house()
    stand_in(house)
    yield house, everything(house)
    stand_in(None)


@pytest.fixture
def house(full):
    stand_in(full[0])
    return full[0]


@pytest.fixture
def text(full):
    return full[1]


# --- where words may stand -------------------------------------------------------------------------------------------


def faults(text, node, place=""):
    """What is wrong with a tree: words where they could do something, and words that are not whole."""
    if isinstance(node, str):
        yield from ((place, "not whole", each) for each in text.whole(node))
    elif len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], dict):
        tag, attributes, *children = node
        for name, value in attributes.items():
            if MARK.search(str(value)) and name not in WORDS_IN:
                yield place, f"words in {tag} {name}", value
        yield from (fault for name in set(attributes) & WORDS_IN for fault in faults(text, _flat(attributes[name])))
        if MARK.search(tag):
            yield place, "words in a tag", tag
        yield from (fault for child in children for fault in faults(text, child, f"{place}/{tag}"))
    else:
        yield from (fault for child in node for fault in faults(text, child, place))


def _flat(value):
    """The words of an attribute, or of what is answered when it is pressed."""
    return list(map(_flat, value)) if isinstance(value, list | tuple) else str(value)


def on_page(text, at, seen=None):
    """What is wrong on a page. `seen`: where the numbers of what stands on it are put."""
    found = []
    for element in _elements(at._tree):
        proto = getattr(element, "proto", None)
        if proto is None:
            continue
        if element.type == "bidi_component":
            told = proto.bytes.decode()
            data = json.loads(told)
            found += faults(text, data["tree"]) if "tree" in data else _data(text, data)
        else:
            told = "\n".join(_all_strings(MessageToDict(proto)))
            found += _native(text, element, told) if MARK.search(told) else []
        if seen is not None:
            seen |= set(MARK.findall(told))
    return found


def _all_strings(value):
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for part in inner for each in _all_strings(part)]


def _native(text, element, told):
    """What is wrong with an element of the framework that was given such words."""
    label = f"{getattr(element, 'label', '')} {getattr(element, 'help', '')}"
    reads = element.type not in AS_TEXT
    yield from ((element.type, "reads what it shows", each) for each in _raw(text, told if reads else label))
    if not reads:
        yield from ((element.type, "not whole", each) for word in _strings(element) for each in text.whole(word))


def _raw(text, words):
    """Of the texts whose numbers stand in words that are read as Markdown, those that are not written for it."""
    escaped = {int(n) for n in re.findall(r"§(\d+)§", words) if plain(text.texts[int(n)]) in words}
    return [text.texts[int(n)] for n in MARK.findall(words) if int(n) not in escaped]


def _strings(element):
    """What an element of the framework shows."""
    for name in ("label", "value", "placeholder", "body"):
        if isinstance(value := getattr(element, name, None), str):
            yield value
    yield from (str(getattr(choice, "content", choice)) for choice in getattr(element, "options", None) or ())


def _data(text, data):
    """A form on the device is given words to write into text nodes and fields: each has to be whole."""
    if isinstance(data, str):
        return [("form", "not whole", each) for each in text.whole(data)]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [fault for each in inner for fault in _data(text, each)]


# --- the fields ------------------------------------------------------------------------------------------------------


def test_every_field_that_people_fill_holds_something_hostile(house, text):
    """A field that is new in the shape of a log, or in what a survey takes, is missing here until it is filled."""
    entries = [entry for log in house.store.logs() for entry in house.store.entries(log)]
    filled = {
        (entry.kind, name)
        for entry in entries
        for name, value in entry.body.items()
        if MARK.search(json.dumps(value, ensure_ascii=False))
    }
    assert filled - TYPED == {("answer_given", "T1"), ("answer_given", "T2"), ("items_changed", "change")}
    assert TYPED - filled == set()
    assert house.conference(LOG).checks == {}, "nothing here waits for a facilitator"


def test_every_hostile_text_was_put_into_cards_lines_notes_steps_and_answers(house, text):
    stored = [entry for log in house.store.logs() for entry in house.store.entries(log)]
    for kind, few in (("card_written", 0), ("line_written", 22), ("next_step_written", 22), ("answer_given", 2)):
        written = json.dumps([entry.body for entry in stored if entry.kind == kind], ensure_ascii=False)
        missing = [each for each in CORPUS if json.dumps(each, ensure_ascii=False)[1:-1] not in written]
        assert len(missing) <= few, (kind, missing)


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "role", "language"), LOOKS)
def test_f21_no_page_makes_anything_of_what_was_typed(house, text, page, role, language):
    c = SURVEY if page in ("survey", "results") else LOG
    at = visitor(page, ROLES[role], c=c, s=ONE.seat, lang=language)
    assert not at.exception
    assert on_page(text, at) == []


TABS = {"facilitate": "desk", "map": "map", "results": "results", "survey": "survey"}
"""Page → the key of its tabs; only the open one is drawn."""


def on_each_tab(page):
    """The page with each of its tabs open, one after the other."""
    at = visitor(page, ROLES["organiser"], c=SURVEY if page in ("survey", "results") else LOG)
    for name in at.segmented_control(key=f"{TABS[page]}-tabs").format_func.__self__:  # the titles it was given
        yield at.segmented_control(key=f"{TABS[page]}-tabs").set_value(name).run()


@pytest.mark.parametrize("page", TABS)
def test_f21_no_tab_of_a_page_does(house, text, page):
    seen, opened = set(), 0
    for at in on_each_tab(page):
        opened += 1
        assert not at.exception
        assert on_page(text, at, seen) == []
    assert opened > 2
    assert seen, "nothing of it stands here: this test would see nothing"


def test_every_row_of_tabs_is_opened_there():
    drawn = [*(ROOT / "facilitation").rglob("*.py"), *PAGES.glob("*.py")]
    keys = [key for file in drawn for key in re.findall(r' tabs\(.*key="(\w+)"\)', file.read_text("utf-8"))]
    assert sorted(keys) == sorted(TABS.values())


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("shown", SHOWN)
def test_f21_no_picture_of_the_wall_does(house, text, shown, language):
    now, found = house.conference(LOG), house.surveys.survey(SURVEY)
    case = house.case(now, language)
    wall = Wall(replace(now, show=shown), case, language, 0.0, found)
    assert list(faults(text, json.loads(painted(picture_of(wall)))["tree"])) == []


STEPS = steps_of()
ONE_OF_A_KIND = sorted({step.kind: at for at, step in enumerate(STEPS)}.values())


def at_step(conference, at):
    """The conference at a step it has not come to, with the scenes open that were opened by then."""
    return replace(conference, step=at, scenes=tuple(step.scene for step in STEPS[: at + 1] if step.scene))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_f21_no_step_of_the_evening_does_on_the_wall(house, text, language):
    for at in range(len(STEPS)):
        now = at_step(house.conference(LOG), at)
        wall = Wall(now, house.case(now, language), language, 0.0, house.surveys.survey(SURVEY))
        assert list(faults(text, json.loads(painted(picture_of(wall)))["tree"])) == [], STEPS[at]


@pytest.mark.parametrize("at", ONE_OF_A_KIND, ids=lambda at: STEPS[at].kind)
def test_f21_no_kind_of_step_does_at_the_desk_and_on_the_tablet(house, text, at, monkeypatch):
    known = house.conference
    monkeypatch.setattr(house, "conference", lambda log: at_step(known(log), at))
    for each in (tablet(house, ONE), visitor("facilitate", LEAD, c=LOG)):
        assert not each.exception
        assert on_page(text, each) == []


def test_f21_the_year_of_conferences_that_ended_does_not_either(full):
    other, text = a_house(), Hostile()
    stand_in(other)
    hosted(other, title=text(), region=text())
    other.send(LOG, cards.write_card, ONE, card="card-0001", fields=card_fields(can=text()))
    other.send(LOG, commands.end_conference, FACILITATOR)
    seen = set()
    assert on_page(text, visitor("year", ROLES["organiser"]), seen) == []
    assert "1" in seen, "the region stands there"


# --- what stands where -----------------------------------------------------------------------------------------------


NOWHERE = {
    ("conference_opened", "region"): "shown in the year once a conference has ended, see below",
    ("conference_opened", "care_adviser"): "another adviser was named since",
    ("care_set", "adviser"): "said at the desk before the first scene alone",
    ("answer_given", "T1"): "an answer that was put into other words is shown in those",
    ("answer_given", "T2"): "the same",
}
"""Fields of which some text stands on no page at this moment, and why."""


def everywhere(house, text):
    """The numbers of all texts that stand on some page or paper."""
    seen = set()
    for page in ("facilitate", "survey"):
        for at in on_each_tab(page):
            on_page(text, at, seen)
    for role in ("adviser", "organiser"):
        on_page(text, visitor("advise", ROLES[role], c=LOG), seen)
    on_page(text, visitor("results", ROLES["organiser"], c=SURVEY), seen)
    on_page(text, tablet(house, ONE), seen)
    for language in ("ja", "en"):
        for answer in papers(house, language).values():
            seen |= set(MARK.findall(answer))
    return seen


# --- routes: papers, records, what devices fetch, the page of the phone ----------------------------------------------

PAPERS = {
    "/record/{log}": LOG,
    "/paper/{log}": LOG,
    "/keys/{log}": LOG,
    "/contacts/{log}": LOG,
    "/parts/{log}/{view}": LOG,
    "/survey-paper/{log}": SURVEY,
    "/survey-cards/{log}": SURVEY,
    "/audit-sheet/{log}": LOG,
}
"""Routes that show what was typed, with what they are about."""

SHOW_NOTHING = frozenset(
    (
        *("/healthz", "/readyz", "/metrics", "/join/{code}", "/seated", "/seat/{token}", "/enter/{key}", "/leave"),
        *("/lead/{log}/{key}", "/advise/{log}/{code}", "/adviser/{ticket}", "/lang/{language}", "/do"),
        *("/archive/{log}", "/bring/{what}", "/s/{code}", "/s/{code}/now", "/s/{code}/{what}"),
    )
)
"""Routes that send on, take something or are tried below."""


def test_every_route_is_looked_at(house):
    shells = {route.path for route in first_page.routes()}  # they hold nothing that was typed: the pages' runs draw it
    assert set(PAPERS) | SHOW_NOTHING | shells == {route.path for route in routes() if isinstance(route, Route)}


def papers(house, language="ja"):
    client, asked = with_grants(house, organiser=True), {}
    for path, log in PAPERS.items():
        address = (
            path.replace("{log}", log).replace("{view}", "group-1")
            + f"?run={house.conference(log).revision}&form=post&lang={language}"
        )
        answer = client.get(address)
        assert answer.status_code == 200, address
        asked[path] = answer.text
    return asked


class Document(HTMLParser):
    """A paper as a browser reads it: its words, its tags, and where words stand that could do something."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.words, self.tags, self.wrong = [], set(), []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.wrong += [(tag, *pair) for pair in attrs if MARK.search(str(pair)) and pair[0] not in WORDS_IN]
        self.wrong += [(tag, *pair) for pair in attrs if pair[0].startswith("on") or "evil.example" in str(pair[1])]

    def handle_data(self, data):
        self.words.append(data)

    def handle_comment(self, data):
        self.wrong.append(("comment", data))


PLAIN = frozenset(
    (
        *("html", "head", "meta", "title", "style", "body", "main", "section", "header", "footer", "div", "span", "p"),
        *("h1", "h2", "h3", "h4", "dl", "dt", "dd", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"),
        *("caption", "figure", "figcaption", "small", "b", "i", "br", "img", "svg", "g", "path", "rect", "line"),
        *("text", "circle", "polyline", "nav", "article", "hr", "strong", "em", "label", "colgroup", "col", "wbr"),
    )
)
"""What papers are made of: nothing that runs, loads, links or asks."""


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", [path for path in PAPERS if "audit" not in path])
def test_f21_no_paper_and_nothing_that_is_fetched_makes_anything_of_it(house, text, path, language):
    told = papers(house, language)[path]
    assert MARK.search(told), "nothing of it stands here: this test would see nothing"
    if told.startswith(("{", "[")):
        data = json.loads(told)
        assert (list(faults(text, data["tree"])) if "tree" in data else _data(text, data)) == []
        return
    page = Document(told)
    assert page.wrong == []
    assert page.tags <= PLAIN, page.tags - PLAIN
    assert text.whole("".join(page.words)) == []


def test_the_audit_holds_none_of_it(house):
    assert not MARK.search(papers(house)["/audit-sheet/{log}"])


def test_f21_the_phones_page_carries_it_as_data_that_cannot_be_left(house, text):
    path = survey_path(house.surveys.find("HHHHHH"))
    page = with_grants(house, organiser=True).get(f"{path}&preview=post").text
    data = page.partition('id="survey">')[2].partition("</script>")[0]
    assert MARK.search(data) and _data(text, json.loads(data)) == []
    assert "evil.example" not in page.replace(data, "")


def test_f21_what_a_file_holds_is_told_as_it_is_before_it_is_taken_in(house, text):
    client = with_grants(house, organiser=True)
    packed = client.post(f"/archive/{LOG}", headers=OWN).content
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as good, zipfile.ZipFile(broken, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b'"can"', b'"c\\u003cb\\u003en"'))
        bad.writestr("../<img src=x onerror=pwned=1>.jsonl", "x")
    for content in (packed, broken.getvalue()):
        told = client.post("/bring/look", files={"file": content}, headers=OWN).json()
        assert all(isinstance(line, str) for line in told["lines"]) and told["lines"]


def test_f21_what_was_typed_wrong_comes_back_as_it_was_typed(house, text):
    for wrong in CORPUS[::6]:
        at = visitor("welcome", wrong=f"§0§{wrong}"[:20])
        assert [each for each in on_page(text, at) if each[1] != "not whole"] == []


def test_f21_rows_for_own_statistics_hold_no_free_words(house, text):
    assert not MARK.search(answers_csv(result_of(house.surveys.survey(SURVEY))).decode("utf-8-sig"))


def test_every_text_stands_somewhere_where_it_can_be_looked_at(house, text):
    """A field that nothing shows would be looked for in vain; then the tests above would prove nothing for it."""
    seen = everywhere(house, text)
    missing = {
        (entry.kind, name, n)
        for log in house.store.logs()
        for entry in house.store.entries(log)
        for name, value in entry.body.items()
        for n in MARK.findall(json.dumps(value, ensure_ascii=False))
        if n not in seen and (entry.kind, name) not in NOWHERE
    }
    assert missing == set()


# --- the planted faults ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tree",
    [
        ["p", {}, "§0§half of it"],
        ["a", {"href": "§0§javascript:pwned=1"}, "x"],
        ["p", {"style": "§0§"}, "x"],
        ["§0§", {}, "x"],
        ["p", {"title": "§0§&lt;img"}, "x"],
        [["div", {}, ["p", {"class": "§0§"}]]],
    ],
)
def test_a_tree_that_makes_something_of_words_is_seen(text, tree):
    assert list(faults(text, tree))


@pytest.mark.parametrize(
    "line",
    [
        "st.markdown(words)",
        "st.caption(words)",
        "st.button(words)",
        "st.text_input(words)",
        "st.text_input('x', help=words)",
        "st.checkbox(words)",
        "st.expander(words)",
        "st.toast(words)",
        "st.text(words[:-2])",
        "st.radio('x', [words])",
        "st.pills('x', [words])",
    ],
)
def test_a_page_that_reads_what_it_shows_is_seen(text, line):
    at = AppTest.from_string(f"import streamlit as st\nwords = {text.texts[0]!r}\n{line}").run()
    assert not at.exception and on_page(text, at)


@pytest.mark.parametrize("line", ["st.text(words)", "st.text_input('x', words)", "st.selectbox('x', [words])"])
def test_a_page_that_shows_it_as_it_is_is_left_alone(text, line):
    at = AppTest.from_string(f"import streamlit as st\nwords = {text.texts[0]!r}\n{line}").run()
    assert not at.exception and on_page(text, at) == []


@pytest.mark.parametrize("words", CORPUS)
def test_words_for_a_label_are_escaped_sign_by_sign_and_none_is_lost(words):
    label = plain(words)
    assert re.sub(r"\\(.)\u2060?", r"\1", label) == words
    assert not re.search(r"(?<!\\)[!\"#$%&'()*+,./:;<=>?@\[\]^_`{|}~-]", re.sub(r"\\\\", "", label))
    assert not re.search(r"[:/.<>=-]\\?[:/.<>=\w-]", label), "two signs that something is made of stand together"


@pytest.mark.parametrize(
    "paper",
    ["<p>§0§half</p>", "<p title='§0§'><a href='http://evil.example'>x</a>", "<!--§0§-->", "<img src=x onerror=x>"],
)
def test_a_paper_that_makes_something_of_words_is_seen(text, paper):
    page = Document(paper)
    assert page.wrong or page.tags - PLAIN or text.whole("".join(page.words))
