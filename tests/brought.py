"""A conference with its survey as an archive, played through the verbs; its log changed in any way that leaves the
archive's digests right; and every picture, page, paper and file that can be made of it where it was taken in."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any
from urllib.parse import quote

import pytest
from hostile import ADVISER, POLLED, SURVEY
from hypothesis import strategies as some
from meeting import FACILITATOR, GUEST, LOG, ONE, ORGANISER, THREE, TWO, a_house, card_fields, hosted
from page_visits import holding
from polled import event
from streamlit.runtime import fragment
from streamlit.runtime.scriptrunner import exec_code
from streamlit.testing.v1 import AppTest
from test_routes import with_grants

from facilitation import (
    advice,
    cards,
    care,
    checked,
    commands,
    deleting,
    sharing,
    survey_answering,
    survey_sheet,
    survey_texts,
)
from facilitation import holding as held
from facilitation import survey_commands as polls
from facilitation.access import Refused, Who
from facilitation.charts.survey_charts import survey_charts
from facilitation.commands import SHOWN
from facilitation.entries import Entry
from facilitation.export.answers import answers_csv, codebook_csv
from facilitation.export.archive import Archive, Log, of_conference, pack
from facilitation.export.archive_problem import BadArchive
from facilitation.export.archive_reading import read
from facilitation.export.tables import as_csv, as_workbook
from facilitation.export.year_tables import year_tables
from facilitation.log_shape import SHAPES
from facilitation.path import BARRIERS, HANDOVERS, HELPS, LINKS
from facilitation.screen.house import PAGES, ROOT, House
from facilitation.screen.parts import painted
from facilitation.screen.room import survey_path
from facilitation.screen.trouble import say_instead
from facilitation.screen.wall import picture_of
from facilitation.screen.wall_view import Wall
from facilitation.screen.year import ended as over
from facilitation.screen.year import held as held_in
from facilitation.survey_items import KINDS, options
from facilitation.survey_report import report
from facilitation.survey_round import SurveyRound
from facilitation.survey_summary import summary_of
from facilitation.year import year

DOCTOR = Who("adviser", ADVISER, "医師")
AT = "2024-03-02T00:00:00Z"
PEOPLE = 12
"""Enough answers for results by group."""

# --- a conference as it is played ------------------------------------------------------------------------------------


@cache
def played(state: str = "running") -> Archive:
    """The archive of an evening in which everything was used, with its survey: still `running`, `ended`, or ended and
    the survey `counted out` (drawing its results takes as long as all the rest)."""
    here = a_house()
    _evening(here)
    _polled(here)
    if state == "counted out":
        for form in ("pre", "post"):
            here.surveys.send(SURVEY, polls.release_results, ORGANISER, form=form)
    here.send(LOG, polls.link_survey, ORGANISER, survey=SURVEY)
    if state != "running":
        here.send(LOG, commands.end_conference, FACILITATOR)
    found = read(pack(of_conference(here.store, LOG, AT)))
    assert [each.log for each in found.logs] == [LOG, SURVEY]
    return found


def _evening(here: House) -> None:
    hosted(here, region="北区", prepared={"adviser": "医師", "contacts": "夜間の電話", "notice": True}, scene=0)

    def send(verb: Any, who: Any, **fields: Any) -> Any:
        return here.send(LOG, verb, who, **fields)

    send(care.name_adviser, FACILITATOR, adviser="研修を受けた職員")
    send(care.tell_notice, FACILITATOR)
    send(commands.set_venue, FACILITATOR, person="田中さん", room="和室", address="http://10.0.0.2:8501", wifi="room")
    send(commands.set_types, FACILITATOR, types=["CITY_CHILD", "HC", "CSC", "CONSULT", "MED", "SHG", "REC"])
    send(commands.set_groups, FACILITATOR, groups=4)
    for who in (ONE, TWO, THREE):
        send(commands.set_table, who, people={"CONSULT": 1, "HC": 2})
        send(commands.write_line, who, type="HC", text=f"お電話ください {who.seat}")
        fields = {
            "respondent": f"person-{who.seat}",
            "strengths": {"S1": 1, "S3": 2},
            "expected": {"S4": ["MED", "CSC"]},
        }
        send(sharing.state_role, who, type="HC", **fields)
    send(sharing.write_hint, FACILITATOR, type="HC", field="role", text="地域の言葉")
    for at, step in enumerate(here.conference(LOG).steps):
        if at and (step.scene or step.kind in ("break", "table_check", "survey", "closing")):
            send(commands.open_step, FACILITATOR, step=at, base=here.conference(LOG).step_revision)
            if step.scene:
                _cards(send, step.scene)
    send(commands.pause_timer, FACILITATOR, spent=3.5)
    send(commands.add_minute, FACILITATOR, spent=3.5)
    send(commands.set_ready, ONE, ready=True)
    send(advice.star, FACILITATOR, card="card-1-1", starred=True)
    for place in ("", "scene:1", "stage:S4", "cell:HC:S3", "bridge:" + "-".join(LINKS[4])):
        send(
            advice.comment, DOCTOR, note=advice.own_note(DOCTOR, place), about=place, text=f"待つこともできます {place}"
        )
    send(sharing.give_heart, ONE, card="card-1-2", type="HC")
    send(sharing.heart_to_card, ONE, card="card-1-2", text="")
    send(sharing.make_pick, ONE, strength="S2", gap="S4", help="夜の電話")
    send(sharing.write_next_step, ONE, step="step-0001", type="HC", to="MED", text="電話する")
    send(sharing.review_map, ONE, note="note-0001", about=2, text="こちらでもできます")
    send(cards.write_card, ONE, card="card-named", fields=card_fields(can="電話は 090-1234-5678 です"))
    send(cards.write_card, ONE, card="card-gone", fields=card_fields(can="まちがい"))
    named = {"about": "card:card-named", "base": here.conference(LOG).cards["card-named"].revision}
    send(checked.keep_words, ONE, **named)
    send(checked.release_words, FACILITATOR, **named)
    send(held.hold_words, FACILITATOR, about="line:1:HC", hidden=True)
    send(cards.hide_card, FACILITATOR, card="card-1-3", hidden=True)
    send(cards.withdraw_card, ONE, card="card-gone", base=here.conference(LOG).cards["card-gone"].revision)
    send(held.erase, ORGANISER, about="card:card-gone", upto=here.conference(LOG).revision)
    send(deleting.delete_conference, ORGANISER, named="春の検討会")
    send(deleting.take_back, ORGANISER)
    send(commands.show_on_projector, FACILITATOR, show="route:1")


def _cards(send: Any, scene: int) -> None:
    """Cards of every shape, by both tables."""
    send(
        cards.write_card,
        ONE,
        card=f"card-{scene}-1",
        fields=card_fields(scene=scene, hard="夜は出られません", reason=next(iter(BARRIERS)), help="夜の電話"),
    )
    send(
        cards.write_card,
        TWO,
        card=f"card-{scene}-2",
        fields=card_fields(
            scene=scene,
            type="HC",
            stage="S4",
            handover=next(code for code, each in HANDOVERS.items() if not each.needs_consent),
            to="MED",
        ),
    )
    send(
        cards.write_card,
        TWO,
        card=f"card-{scene}-3",
        fields={"scene": scene, "type": "MED", "stage": "S6", "help": "通訳", "help_code": next(iter(HELPS))},
    )


def _polled(here: House) -> None:
    def send(verb: Any, **fields: Any) -> Any:
        return here.surveys.send(SURVEY, verb, ORGANISER, **fields)

    send(polls.open_survey, **event(conference=LOG, code=POLLED, region="北区"))
    send(polls.change_items, change="reword", item="Q1", words=("きょうの会は役に立ちましたか", "Was it of use?"))
    send(polls.change_items, change="hide", item="A4")
    own = {
        "kind": "case_conference",
        "forms": ["post"],
        "type": "single",
        "words": ("どこで知りましたか", "How did you hear?"),
    }
    send(polls.change_items, change="add", **own, options=[("ちらし", "flyer"), ("友人", "a friend")])
    send(polls.set_types, types=["CITY_CHILD", "HC", "CSC", "MED"])
    send(polls.set_expected, expected=20)
    codes = send(polls.draw_codes, count=PEOPLE).entries[0].body["codes"]
    for form in ("pre", "post"):
        if form != "pre":
            send(polls.open_form, form=form)
        for n, code in enumerate(codes):
            fields = {"form": form, "code": code, "key": f"answer-{form}-{n:04}"}
            here.surveys.send(SURVEY, survey_answering.answer, GUEST, answers=_answers(here, form, n), **fields)
        send(polls.close_form, form=form)
    for n, said in enumerate(survey_texts.written(here.surveys.survey(SURVEY))):
        fields = {"sheet": said.sheet, "item": said.item, "theme": f"QT{n % 9 + 1}", "sure": True}
        send(survey_texts.decide_text, **fields, **({"text": "ほかの言葉"} if n % 3 == 1 else {}))


def _answers(here: House, form: str, n: int) -> list[list[Any]]:
    """What the n-th respondent says to everything that a form asks."""
    survey, rows = here.surveys.survey(SURVEY), []
    for item in survey_sheet.items_of(survey, form):
        codes = [each.code for each in options(item, survey.types)]
        match item.type:
            case "likert5":
                rows.append([item.id, "", n % 6])
            case "single":
                rows.append([item.id, "", codes[n // (PEOPLE // 2 + 1) % len(codes)] if item.id != "T5" else "T5_1"])
            case "multi" | "grid_binary":
                rows += [[item.id, code, (n + at) % 2] for at, code in enumerate(codes)]
            case _:
                rows += [[item.id, "", f"よかったです {n}"]] if n < 3 else []
    return rows


# --- changes of a log ------------------------------------------------------------------------------------------------

KNOWN = (
    *("HC", "MED", "CITY_CHILD", "S1", "S9", "S0", "can", "auto", "route:1", "route:9", "map", "quotes", "reception"),
    *("scene", "results", "survey", "table_check", "closing", "case2", "case9", "120min", "60min", "visit", "follow"),
    *(
        "pre",
        "post",
        "study",
        "Q1",
        "T1",
        "T5",
        "A1",
        "K_R",
        "X1",
        "X9",
        "likert5",
        "grid_binary",
        "T5_1",
        "QT1",
        "card",
    ),
    *(next(iter(BARRIERS)), next(iter(HELPS)), next(iter(HANDOVERS)), *KINDS[:2], LOG, SURVEY, ONE.seat, TWO.seat),
    *("card-1-1", "card-1-2", "card:card-1-1", "line:1:HC", "step:step-0001", "note:note-0001", "pick:1", "group:2"),
    *("group:99", "group:x", "scene:1", "scene:99", "scene:", "stage:S4", "stage:S9", "cell:HC:S3", "cell:XX:S3"),
    *("cell:HC", "bridge:S1-S2", "bridge:S1-S9", "bridge:", "facilitator", "organiser", "seat:seat-one", "adviser"),
    *("hide", "show", "order", "reword", "add", "2024-02-29", "2024-13-01", "0001-01-01", "9999-12-31", "KMQ3AT"),
)
"""Words that mean something somewhere, in a log of this or of another version."""

ODD_WORDS = (
    *(
        "",
        " ",
        "0",
        "-1",
        "9" * 30,
        "１２",
        "²",
        "٣",
        "1.5",
        "あ" * 400,
        "x" * 5_000,
        "\u202e\u2066逆",
        "\u200b",
        "\ufeff",
    ),
    *(
        "\0",
        "a\tb\r\nc",
        "\x1b[31m",
        "\ufffe",
        "<b>x</b>",
        "{x}",
        "%s %d",
        "=1+1",
        "[a](b)",
        "🏳️‍🌈",
        "が",
        "__class__",
    ),
)
NUMBERS = (0, 1, 2, 3, 5, 7, 8, 9, 12, 13, 60, 99, 1000, 999_999, 1_000_000, 10**7, 10**30, -1, -(10**9), 0.5, 1e300)
THINGS = (
    None,
    True,
    False,
    [],
    {},
    [[]],
    ["HC"],
    ["HC", "HC"],
    ["XX"],
    {"HC": 1},
    {"S3": ["MED"]},
    {"XX": 0},
    [1, 2, 3],
)
TIMES = (
    AT,
    "2024-03-02",
    "0001-01-01",
    "9999-12-31T23:59:59Z",
    "2024-02-30T25:61:61Z",
    "0000-00-00",
    "1900-01-01T00:00:00.5Z",
    "x",
    "",
)


@dataclass(frozen=True)
class Change:
    """One change of one log: `what` is done with an entry (the `which`-th of a `kind`), at a `place` in its body, where
    something of the same kind of value (a word, a number) or `odd` comes to stand."""

    what: str
    log: int
    kind: int
    which: int
    place: int
    word: str
    number: float
    odd: Any

    def of(self, archive: Archive) -> Archive:
        """The archive with this change in it, its revisions counted anew."""
        logs = list(archive.logs)
        n = self.log % len(logs)
        entries = list(logs[n].entries)
        at, other = self._entry(entries), self.which % len(entries)
        match self.what:
            case "drop":
                del entries[at]
            case "twice":
                entries.insert(other, replace(entries[at], key=""))
            case "swap":
                entries[at], entries[other] = entries[other], entries[at]
            case "end":
                del entries[other + 1 :]
            case "kind":
                known = [*SHAPES, "tea_served"]
                entries[at] = replace(entries[at], kind=known[self.place % len(known)])
            case "author" | "key":
                entries[at] = replace(entries[at], **{self.what: self.word})
            case "at":
                entries[at] = replace(entries[at], at=TIMES[self.place % len(TIMES)])
            case "step":
                body = {"step": self.place % 30, "left": self.which % 30}
                entries.append(Entry(logs[n].log, 0, "step_opened", "facilitator", body, AT))
            case _:
                entries[at] = replace(entries[at], body=self._body(entries[at].body, entries[other].body))
        logs[n] = Log(logs[n].log, logs[n].kind, tuple(replace(each, revision=r) for r, each in enumerate(entries, 1)))
        return replace(archive, logs=tuple(logs))

    def _entry(self, entries: list[Entry]) -> int:
        """Each kind as often as any other: of some there is one, of others there are many."""
        kinds = sorted({each.kind for each in entries})
        those = [at for at, each in enumerate(entries) if each.kind == kinds[self.kind % len(kinds)]]
        return those[self.which % len(those)]

    def _body(self, body: Any, other: Any) -> Any:
        """The body with one of its places, however deep, set, left out, called otherwise, or as in another entry."""
        body = json.loads(json.dumps(body))
        inside, name = _place(body, self.place)
        if inside is None:
            return {self.word: self.odd}
        match self.what:
            case "leave out":
                del inside[name]
            case "rename" if isinstance(inside, dict):
                inside[self.word] = inside.pop(name)
            case "more" if isinstance(inside, dict):
                inside[self.word] = inside[name]
            case "more":
                inside.append(inside[name])
            case "as elsewhere":
                there, what = _place(json.loads(json.dumps(other)), self.which)
                inside[name] = self.odd if there is None else there[what]
            case "odd":
                inside[name] = self.odd
            case _:
                inside[name] = self._like(inside[name])
        return body

    def _like(self, before: Any) -> Any:
        """Another value of the same type."""
        if isinstance(before, bool):
            return not before
        return self.word if isinstance(before, str) else self.number if isinstance(before, int | float) else self.odd


def _place(body: Any, n: int) -> tuple[Any, Any]:
    """A place in a body, each of its fields as often as any other: in what, and by which name or number."""
    inside, name = None, None
    while isinstance(body, dict | list) and body:
        names = list(body) if isinstance(body, dict) else range(len(body))
        inside, name = body, names[n % len(names)]
        body, n = inside[name], n // len(names)
        if n % 5 == 0:
            break
    return inside, name


WHATS = (
    *("drop", "twice", "swap", "end", "kind", "author", "key", "at", "step", "leave out", "rename", "more"),
    *("as elsewhere", "odd", *("as usual",) * 10),
)
CHANGES = some.builds(
    Change,
    what=some.sampled_from(WHATS),
    log=some.sampled_from([0, 0, 1]),
    **dict.fromkeys(("kind", "which", "place"), some.integers(0, 10**9)),
    word=some.sampled_from([*KNOWN, *ODD_WORDS]) | some.text(some.characters(exclude_categories=["Cs"]), max_size=6),
    number=some.sampled_from(NUMBERS),
    odd=some.sampled_from([*THINGS, *NUMBERS, *KNOWN[:20], *ODD_WORDS]),
)


def at_step(step: int) -> Change:
    """The change that opens a step at last: tables see another page at each kind of step."""
    return Change("step", log=0, kind=0, which=0, place=step, word="", number=0, odd=None)


def taken(archive: Archive) -> Archive | None:
    """The archive as it would be read where it is brought; None where it is refused, which is said in sentences."""
    try:
        return read(pack(archive))
    except BadArchive as refused:
        for language in ("ja", "en"):
            assert all(problem.line(language) for problem in refused.problems)
        return None


def changed(archive: Archive, changes: list[Change]) -> Archive:
    """The archive with those of the changes that an import takes."""
    for change in changes:
        archive = taken(change.of(archive)) or archive
    return archive


# --- all that can be made of it --------------------------------------------------------------------------------------

STANDING = frozenset(("hello", "check", "password", "keeping"))
"""Pages that show nothing of any conference."""

TABS = {"facilitate": "desk", "map": "map", "results": "results", "survey": "survey"}
DRAWN = ("welcome", *sorted({page.stem for page in PAGES.glob("*.py")} - STANDING - {"welcome"}))
MENU = ROOT / "facilitation" / "screen" / "menu.py"
PAPERS = ("record", "paper", "keys", "contacts", "audit-sheet")


def drawn(here: House, log: str, language: str) -> Iterator[tuple[str, Exception | None]]:
    """Everything, one after the other: what it is, and what went wrong."""
    for each in (pictures, answered, files, pages):
        yield from each(here, log, language)


def _tried(what: Callable[[], Any]) -> Exception | None:
    """What went wrong."""
    try:
        what()
    except Exception as error:
        return error
    return None


def pictures(here: House, log: str, language: str) -> Iterator[tuple[str, Exception | None]]:
    """The wall, whatever it is told to show, and at every step; nothing where its case is not here (`pages`)."""
    now = here.conference(log)
    try:
        here.case(now, language)
    except Refused:
        return

    def wall(**other: Any) -> Exception | None:
        return _tried(lambda: painted(picture_of(Wall.of(here, replace(now, **other), language))))

    for shown in dict.fromkeys((*SHOWN, now.show, *(f"route:{scene}" for scene in now.scenes))):
        yield f"wall: {shown}", wall(show=shown)
    for at in range(len(now.steps)):
        yield f"wall at step {at}", wall(step=at, show="auto")


def answered(here: House, log: str, language: str) -> Iterator[tuple[str, Exception | None]]:
    """Papers, what devices fetch, the phone's page, the doors; and the file it can be taken along in again."""
    now = here.conference(log)
    client = with_grants(here, organiser=here.keyring.turn, seats=[[log, seat] for seat in now.seats])
    views = ("lead", "projector", "contacts", *(f"group-{n}" for n in range(min(now.groups, 4) + 1)))
    addresses = [
        *(f"/{paper}/{log}?" for paper in PAPERS),
        *(f"/parts/{log}/{view}?run={here.store.revision(log)}" for view in views),
        *(f"/join/{now.code}?", f"/join/{quote(now.adviser_code, safe='')}?"),
        *(f"/lead/{log}/{quote(now.lead_key, safe='')}?", f"/advise/{log}/{quote(now.adviser_key, safe='')}?"),
    ]
    for name in here.store.logs("survey"):
        survey = here.surveys.survey(name)
        path = survey_path(survey)
        addresses += [f"{path}&", path.replace("?", "/now?") + "&", f"/join/{survey.code}?", f"/survey-cards/{name}?"]
        addresses += [f"{path}&preview={form}&" for form in survey.forms]
        addresses += [f"/survey-paper/{name}?form={form}&" for form in survey.forms]
    for address in addresses:
        yield address, _tried(partial(_told, client, f"{address}lang={language}"))
    yield "archive", _tried(lambda: _taken_along(here, log))


def _told(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code < 500, answer.text
    if answer.headers.get("content-type", "").startswith("application/json"):
        answer.json()


def _taken_along(here: House, log: str) -> None:
    """Taken along again and read, it is what stands here."""
    packed = of_conference(here.store, log, AT)
    assert read(pack(packed)) == packed
    assert {each.log: each.entries for each in packed.logs}[log] == here.store.entries(log)


def files(here: House, log: str, language: str) -> Iterator[tuple[str, Exception | None]]:
    """What is taken along from the page of results and of the year."""
    for name in here.store.logs("survey"):
        if here.surveys.survey(name).released:
            yield "results as files", _tried(partial(_results, here, here.surveys.survey(name), language))
    yield "the year as a file", _tried(lambda: _year(here, language))


def _results(here: House, survey: SurveyRound, language: str) -> None:
    result = here.surveys.released.of(survey)
    charts = [chart for chapter in survey_charts(result, survey.date, language, {}).values() for chart in chapter]
    as_workbook(charts)
    for chart in charts:
        as_csv(chart)
    answers_csv(result)
    codebook_csv(result)
    report(result, language)
    here.surveys.released.pooled([summary_of(survey)])


def _year(here: House, language: str) -> None:
    regions = year(held_in(here, over(here.conferences())))
    as_workbook(year_tables(regions, "2024", language))


def pages(here: House, log: str, language: str, names: Sequence[str] = DRAWN) -> Iterator[tuple[str, Exception | None]]:
    """Every page that may show something of it, with each of its tabs, as an organiser has it open who sits as well."""
    seats = [[log, seat] for seat in here.conference(log).seats][:2]
    wrong: list[Exception] = []

    def run(at: AppTest) -> Exception | None:
        wrong.clear()
        at.run()
        return wrong[0] if wrong else None

    with pytest.MonkeyPatch.context() as patch:
        for place in (exec_code, fragment):  # as it is served: what is said in words instead is no fault
            told = lambda error, _: None if say_instead(error) else wrong.append(error)  # noqa: E731
            patch.setattr(place, "handle_user_script_exception", told)
        at = holding(AppTest.from_file(MENU, default_timeout=60), {"organiser": True, "seats": seats})
        for page in names:
            if page != "welcome":
                at.switch_page(str(PAGES / f"{page}.py"))
            at.query_params.update({"c": log, "lang": language})
            yield f"page: {page}", run(at)
            rows = [row for row in at.segmented_control if row.key == f"{TABS.get(page)}-tabs"]
            for name in rows[0].format_func.__self__ if rows else ():
                at.segmented_control(key=f"{TABS[page]}-tabs").set_value(name)
                yield f"page: {page}, {name}", run(at)
