"""The screens as people use them: what is pressed and read, in the words of the text catalogue."""

import contextlib
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Error, Locator, Page, expect

from facilitation.agencies import AGENCIES
from facilitation.path import HANDOVERS
from facilitation.texts import say
from tests.browser.qr_code import read

PATIENCE = 60_000
"""Milliseconds a slow machine may take for anything."""

LOST = 5_000
"""Milliseconds after which a person takes a press for lost and presses again."""

PRESSES = 5
"""How often somebody presses what moves away."""

AIM = """node => {
    window.reached = null;
    document.addEventListener('click', ({ target }) => { window.reached = !node.isConnected || node.contains(target); },
        { capture: true, once: true });
}"""
REACHED = "() => window.reached === undefined || window.reached"  # undefined: the press has led to another page
LEFT = "Execution context was destroyed"
"""What the browser says where the page is left in the very moment in which it is asked."""

SCROLLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"

SOON = 4_000
"""Milliseconds after which a page that does what it should has done it."""

expect.set_options(timeout=PATIENCE)


@contextlib.contextmanager
def never_seen() -> Iterator[None]:
    """What is waited for in here does not come: a fault was planted, and the check that is made sees it."""
    expect.set_options(timeout=SOON)
    try:
        with pytest.raises(AssertionError, match=f"with timeout {SOON}ms"):
            yield
    finally:
        expect.set_options(timeout=PATIENCE)


class Screen:
    """A page in one language."""

    def __init__(self, page: Page, base: str, language: str) -> None:
        self.page, self.base, self.language = page, base, language
        page.set_default_timeout(PATIENCE)

    def say(self, key: str, **params: object) -> str:
        return say(self.language, key, **params)

    def short(self, code: str) -> str:
        return AGENCIES[code].short(self.language)

    def button(self, key: str, **params: object) -> Locator:
        return self.page.get_by_role("button", name=self.say(key, **params), exact=True).last

    def press(self, key: str, **params: object) -> None:
        self.tap(self.button(key, **params))

    def tap(self, what: Locator) -> None:
        """Press once the page is drawn, and again if that press met something else: on a loaded machine what is drawn
        above may still move a button away from under the finger. For a moment what stood there stands beside the new
        one, which is last."""
        for _ in range(PRESSES):
            self.at_rest()
            what.last.evaluate(AIM)
            what.last.click()
            if self.reached():
                return
        raise AssertionError(f"{PRESSES} presses went somewhere else: {what}")

    def reached(self) -> bool:
        """Whether the last press met what it was meant for; one that leads to another page has."""
        try:
            return bool(self.page.evaluate(REACHED))
        except Error as problem:
            if LEFT in problem.message:
                return True
            raise

    def tap_until(self, what: Locator, seen: Callable[[float], None]) -> None:
        """Press what may be pressed twice until its effect is seen, as people do: the desk draws itself anew whenever
        somebody writes, and the framework forgets a choice made in the very moment in which such a run ends."""
        for _ in range(PATIENCE // LOST):
            self.tap(what)
            with contextlib.suppress(AssertionError):
                return seen(LOST)
        seen(LOST)

    def at_rest(self) -> None:
        """Wait until the page has run, and all its pieces are drawn."""
        expect(self.page.locator("[data-test-script-state]:not([data-test-script-state=notRunning])")).to_have_count(0)

    def sees(self, text: str) -> None:
        """Wait until the text stands on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def qr_path(self, picture: Locator) -> str:
        """Path and query of the address in a QR code on the page."""
        expect(picture).to_be_visible()
        parts = urlsplit(read(picture.get_attribute("src") or ""))
        return parts.path + (f"?{parts.query}" if parts.query else "")


class Front(Screen):
    """The front page of a guest."""

    def join(self, typed: str) -> "Tablet":
        self.page.get_by_label(self.say("door.code"), exact=True).fill(typed)
        self.press("door.enter")
        self.page.wait_for_url("**/tablet?**")
        return Tablet(self.page, self.base, self.language)


class Facilitator(Screen):
    """The desk."""

    def open(
        self, title: str, types: Sequence[str], *, groups: int = 3, variant: str = "120min", name: str = "",
        between: Callable[[int], None] = lambda step: None,
    ) -> None:  # fmt: skip
        """Open a conference in the three steps; `between` is called at the end of each."""
        self.press("home.new")
        self.tap(self.page.get_by_role("radiogroup").get_by_text(title, exact=True))
        self.tap(self.page.get_by_text(self.say(f"variant.{variant}")))
        if name:
            self.page.get_by_label(self.say("open.name"), exact=True).fill(name)
        between(1)
        self.press("open.next")
        self.tap(self.page.get_by_role("radio", name=self.say("group", n=groups), exact=True))
        self._choose(types)
        between(2)
        self.press("open.next")
        expect(self.button("open.start")).to_be_visible()
        between(3)
        self.press("open.start")
        self.page.wait_for_url("**/facilitate?c=**")
        expect(self.way_on).to_be_visible()

    def _choose(self, types: Sequence[str]) -> None:
        pills = self.page.get_by_test_id("stButtonGroup").last.get_by_role("button")
        for code in AGENCIES:
            pill = pills.filter(has_text=re.compile(f"^{re.escape(self.short(code))}$"))
            if (pill.get_attribute("aria-pressed") == "true") != (code in types):
                self.tap(pill)
        expect(self.page.get_by_text(self.say("open.types_count", n=len(types)), exact=True)).to_be_visible()

    @property
    def conference(self) -> str:
        return parse_qs(urlsplit(self.page.url).query)["c"][0]

    # --- the timetable -------------------------------------------------------------------------------------------

    @property
    def way_on(self) -> Locator:
        return self.page.get_by_role("button", name=re.compile("^" + re.escape(self.say("desk.next", step="")))).last

    @property
    def steps(self) -> Locator:
        return self.page.locator("ol.timetable li")

    def at(self) -> int:
        """Which step is open, counted from 0."""
        expect(self.page.locator("ol.timetable li.on")).to_have_count(1)
        return int(self.steps.evaluate_all("all => all.findIndex(one => one.classList.contains('on'))"))

    def is_at(self, step: int) -> None:
        expect(self.steps.nth(step)).to_have_class(re.compile(r"\bon\b"))

    def next(self) -> int:
        """One step on."""
        step = self.at() + 1
        self.tap(self.way_on)
        self.is_at(step)
        return step

    def go_to(self, name: str) -> None:
        """On, step by step, until a step whose name contains this is open."""
        while name not in self.steps.nth(self.at()).inner_text():
            self.next()

    def jump(self, name: str) -> None:
        """Straight on to a step, as when time is short."""
        self.at_rest()
        choice = self.page.get_by_label(self.say("desk.skip"), exact=True).last
        choice.scroll_into_view_if_needed()
        self.page.evaluate(SCROLLED)  # a list that opens while the page still scrolls closes again
        choice.click()
        self.page.get_by_role("option").filter(has_text=name).click()
        expect(self.page.locator("ol.timetable li.on")).to_contain_text(name)

    def scene(self, n: int, of: int = 4) -> None:
        self.go_to(self.say("scene.number", n=n, of=of))

    def show(self, key: str) -> None:
        """Put something on the wall."""
        name = self.say("desk.wall_auto" if key == "auto" else f"step.{key}")
        shown = re.compile(rf"\bst-key-wall-\d+-{key}(\s|$)")
        choices = self.page.locator("[class*=st-key-wall-]").last
        self.tap_until(
            choices.get_by_role("radio", name=name, exact=True),
            lambda ms: expect(choices).to_have_class(shown, timeout=ms),
        )

    # --- the tabs ------------------------------------------------------------------------------------------------

    def tab(self, name: str) -> None:
        tab = self.page.locator(".st-key-desk-tabs").get_by_role("radio", name=self.say(f"desk.{name}"), exact=True)
        self.tap(tab)
        expect(tab).to_have_attribute("aria-checked", "true")
        self.at_rest()

    def table(self, group: int) -> Locator:
        """The picture of a group."""
        return self.page.locator("article.group").filter(has_text=self.say("group", n=group))

    def card(self, text: str) -> Locator:
        return self.page.locator(".card-row").filter(has_text=text)

    def hide(self, text: str) -> None:
        self.tab("cards")
        self.tap(self.card(text).get_by_role("button", name=self.say("desk.hide"), exact=True))
        expect(self.card(text).get_by_role("button", name=self.say("desk.unhide"), exact=True)).to_be_visible()

    def room(self, **fields: str) -> None:
        """What the room needs to know: `person`, `next_date` …, named as the words of the desk are."""
        self.tab("room")
        for name, text in fields.items():
            self.page.get_by_label(self.say(f"desk.{name}"), exact=True).fill(text)
        self.press("desk.save")

    def lead_path(self) -> str:
        """What the QR code for a second facilitator leads to."""
        self.tab("room")
        self.press("desk.second")
        path = self.qr_path(self.page.get_by_test_id("stPopoverBody").locator(".qr img"))
        self.page.keyboard.press("Escape")
        return path

    def end(self) -> None:
        self.tab("end")
        self.press("desk.end_now")
        expect(self.button("desk.reopen")).to_be_visible()

    def reopen(self) -> None:
        """Again open. Once in many runs, on a loaded machine, the row of tabs stood at its first again by now."""
        for _ in range(PRESSES):
            self.tab("end")
            if self.button("desk.end_now").is_visible():
                return
            with contextlib.suppress(AssertionError):
                self.tap(self.button("desk.reopen"))
                return expect(self.button("desk.end_now")).to_be_visible(timeout=LOST)
        raise AssertionError("the conference stays closed")


class Projector(Screen):
    """The wall."""

    @property
    def title(self) -> Locator:
        return self.page.locator(".wall header h1")

    @property
    def join_path(self) -> str:
        return self.qr_path(self.page.locator(".wall .qr:not(.survey-qr) img"))

    @property
    def code(self) -> str:
        return self.page.locator(".wall .qr .code").inner_text()

    def counts(self, group: int, cards: int) -> Locator:
        """A group's number of cards at the foot of the wall."""
        words = f"{self.say('group', n=group)} {self.say('cards', n=cards)}"
        return self.page.locator(".wall footer .dot").filter(has_text=words)

    def map(self) -> "MapTable":
        return MapTable(self.page.locator("table.map:not(.groups)"))


class MapTable:
    """A map as it can be read: the words of each cell, the status of each stage."""

    def __init__(self, table: Locator) -> None:
        self._table = table

    def cells(self) -> dict[tuple[str, str], str]:
        """(row, column) → what the cell says; empty cells are left out."""
        rows = self._table.evaluate(
            """table => {
                const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
                return [...table.tBodies[0].rows].flatMap((row) => [...row.cells].slice(1).map((cell, i) =>
                    [row.cells[0].textContent, columns[i + 1], cell.title, cell.textContent]));
            }"""
        )
        return {(row, column): f"{title} {sign}" for row, column, title, sign in rows if title or sign}

    def statuses(self) -> list[str]:
        return self._table.locator("tr.status td .pill").all_inner_texts()


class Tablet(Screen):
    """A table's tablet."""

    def sit(self, group: int, people: Mapping[str, int]) -> None:
        """From the seat to the first card: group, rules, who sits here; what the table already did is not asked."""
        self.choose(group)
        self.accept_rules()
        self.people(people)

    def choose(self, group: int) -> None:
        name = re.compile(f"^{re.escape(self.say('group', n=group))}")
        self.tap(self.page.locator(".st-key-groups").get_by_role("button", name=name))
        expect(self.page.locator("header .group")).to_have_text(self.say("group", n=group))

    def accept_rules(self) -> None:
        self.tap(self.page.get_by_text(self.say("tablet.rules_read"), exact=True))
        self.press("tablet.rules_go")
        expect(self.page.get_by_text(self.say("tablet.rules_read"), exact=True)).to_have_count(0)

    def people(self, people: Mapping[str, int]) -> None:
        for code, n in people.items():
            self.page.get_by_label(self.short(code), exact=True).fill(str(n))
        self.press("tablet.table_save")
        expect(self.page.get_by_text(self.say("tablet.table"), exact=True)).to_have_count(0)

    @property
    def seat(self) -> str:
        return parse_qs(urlsplit(self.page.url).query)["s"][0]

    def introduce(self, code: str, line: str) -> None:
        """The one line of an agency, left with the tab key."""
        row = self.page.locator("label.line").filter(has_text=self.short(code))
        row.locator("input").fill(line)
        row.locator("input").press("Tab")
        expect(row.locator(".mark.saved")).to_be_visible()

    # --- the card form -------------------------------------------------------------------------------------------

    @property
    def form(self) -> Locator:
        return self.page.locator("section.writer")

    @property
    def send(self) -> Locator:
        return self.form.locator(".send .primary")

    @property
    def state(self) -> Locator:
        return self.form.locator(".state")

    def field(self, name: str) -> Locator:
        return self.form.locator(f"textarea[data-field={name}]")

    def speaker(self, code: str) -> None:
        """Who speaks: one tap, or two for somebody who does not sit here."""
        chip = self.form.locator(".chips .chip").filter(has_text=re.compile(f"^{re.escape(self.short(code))}$"))
        if not chip.is_visible():
            self.tap(self.form.get_by_text(self.say("writer.more_types"), exact=True))
        self.tap(chip)
        expect(chip).to_have_attribute("aria-pressed", "true")

    def choice(self, key: str) -> Locator:
        return self.form.locator(f'select[aria-label="{self.say(f"writer.{key}")}"]')

    def fill(
        self, speaker: str, *, can: str = "", hard: str = "", help: str = "", stage: str = "", reason: str = "",
        help_code: str = "", handover: str = "", to: str = "",
    ) -> None:  # fmt: skip
        """Fill the form, in the order people do."""
        self.speaker(speaker)
        for name, text in (("can", can), ("hard", hard), ("help", help)):
            if text:
                self.field(name).fill(text)
        for key, code in (("reason", reason), ("help_code", help_code), ("stage", stage)):
            if code:
                self.choice(key).select_option(code)
        if to:
            self.tap(self.form.get_by_text(self.say("writer.link")))
            self._tap("to", self.short(to))
            self._tap("how", HANDOVERS[handover].name(self.language))
            if HANDOVERS[handover].needs_consent:
                self.form.get_by_label(self.say("writer.consent")).check()

    def _tap(self, key: str, name: str) -> None:
        """A chip in a row of the hand-over."""
        row = self.form.locator(".link .chips").filter(has_text=self.say(f"writer.{key}"))
        self.tap(row.get_by_role("button", name=name, exact=True))

    def write(self, speaker: str, **fields: str) -> None:
        """Write a card and wait until the server has it."""
        self.fill(speaker, **fields)
        self.tap(self.send)
        self.has(fields.get("can") or fields.get("hard") or fields["help"])

    def own(self, text: str) -> Locator:
        """The cards of this table with a text."""
        return self.form.locator(".ours article").filter(has_text=text)

    def has(self, text: str, cards: int = 1) -> None:
        """The text stands in so many cards that came back from the server (only those can be edited)."""
        expect(self.own(text).filter(has=self.page.locator(".acts"))).to_have_count(cards)

    def edit(self, text: str) -> None:
        self.tap(self.own(text).get_by_role("button", name=self.say("writer.edit"), exact=True))

    def withdraw(self, text: str) -> None:
        acts = self.own(text).get_by_role("button")
        self.tap(acts.filter(has_text=self.say("writer.withdraw")))
        self.tap(acts.filter(has_text=self.say("writer.yes")))
        expect(self.own(text)).to_have_count(0)


def together(*buttons: Locator, after: float = 0.4) -> None:
    """Press buttons of several pages at one moment: each page is told when, then all clocks strike at once."""
    at = 1000 * (time.time() + after)
    for button in buttons:
        expect(button).to_be_enabled()
        button.evaluate("(node, at) => { setTimeout(() => node.click(), at - Date.now()); }", at)


def seconds_until(button: Locator, page: Page, place: str, text: str) -> float:
    """Press a button on one page; the seconds until a place on another page has the text, by the clock both share."""
    page.evaluate(
        """([place, text]) => {
            window.seenAt = 0;
            const look = () => {
                if ([...document.querySelectorAll(place)].some((node) => node.innerText.includes(text))) {
                    window.seenAt = Date.now();
                } else window.setTimeout(look, 5);
            };
            look();
        }""",
        [place, text],
    )
    assert page.evaluate("window.seenAt") == 0, f"“{text}” stood there before"
    pressed = button.evaluate("node => { const at = Date.now(); node.click(); return at; }")
    seen = page.evaluate(
        """() => new Promise((done, late) => {
            const until = Date.now() + 30000;
            const look = () => window.seenAt ? done(window.seenAt)
                : Date.now() > until ? late('never seen') : window.setTimeout(look, 5);
            look();
        })"""
    )  # `wait_for_function` makes a script out of text, which our pages refuse
    return float(seen - pressed) / 1000
