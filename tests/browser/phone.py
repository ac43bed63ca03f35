"""A person's own phone with a survey open, in the words of the text catalogue."""

import re
from collections.abc import Iterable

from playwright.sync_api import Locator, expect

from tests.browser.screens import Screen


class Phone(Screen):
    """The survey's page."""

    def begin(self, code: str = "") -> str:
        """With a code card, or with a code the app gives; the code."""
        if code:
            self.page.get_by_label(self.say("answering.card_code"), exact=True).fill(code)
            self.press("answering.enter")
        else:
            self.press("answering.get_code")
        shown = self.page.locator(".code-is .code")
        expect(shown).to_be_visible()
        given = shown.get_attribute("data-code") or ""
        self.tap(self.page.get_by_role("button", name=re.compile(self._begin())))
        return given

    def _begin(self) -> str:
        return f"^({re.escape(self.say('answering.begin'))}|{re.escape(self.say('answering.go_on'))})$"

    def question(self, item: str) -> Locator:
        return self.page.locator(f'.q[data-item~="{item}"]')

    def level(self, item: str, level: int) -> Locator:
        """A step of a scale."""
        name = self.say(f"answering.level.{level}")
        return self.question(item).get_by_role("radio", name=name, exact=True)

    def tick(self, row: str, column: int) -> Locator:
        """A tick of the table: the row of an agency type, the column from 0."""
        found = self.page.locator("table.ticks tbody tr").filter(has_text=re.compile(f"^{re.escape(self.short(row))}"))
        return found.locator(".tick").nth(column)

    @property
    def pages(self) -> int:
        """How many pages this form has, as its head says."""
        return int(self.page.locator("header.progress span").inner_text().split("/")[1])

    @property
    def at(self) -> int:
        return int(self.page.locator("header.progress span").inner_text().split("/")[0])

    def next(self) -> None:
        """On to the next page, whatever is left open on this one."""
        here = self.at
        button = self.button("answering.next")
        self.tap(button)
        if self.at == here:
            self.tap(button)
        expect(self.page.locator("header.progress span")).to_contain_text(f"{here + 1} /")

    def go_to_last(self) -> None:
        while self.at < self.pages:
            self.next()

    def taps_of_all(self) -> int:
        """Answers every question with as few taps as there can be, to the end; how many taps that took."""
        taps = 0
        while True:
            for one in self._first_choices():
                self.tap(one)
                taps += 1
            last = self.at == self.pages
            self.press("answering.send" if last else "answering.next")
            taps += 1
            if last:
                return taps

    def _first_choices(self) -> Iterable[Locator]:
        return [
            question.locator("[role=radio], [role=checkbox]").first
            for question in self.page.locator(".q:has(.likert), .q:has(.options)").all()
        ]

    def send(self) -> None:
        """The last page's button; what is left open there is left open."""
        button = self.button("answering.send")
        self.tap(button)
        if button.is_visible():
            self.tap(button)

    def received(self, code: str) -> None:
        expect(self.page.get_by_role("heading", name=self.say("answering.got"))).to_be_visible()
        expect(self.page.locator(".slip")).to_contain_text(f"{code[:2]}-{code[2:]}")

    def fits(self) -> None:
        """Nothing stands out to the side of a phone."""
        assert self.page.evaluate("document.documentElement.scrollWidth") <= self.page.evaluate("window.innerWidth")

    def thumbs(self) -> list[str]:
        """What may be pressed on this page and is lower than a thumb."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('button, input, summary, a, textarea')]
                .filter((node) => node.offsetParent && node.getBoundingClientRect().height < 44)
                .map((node) => `${node.textContent} ${node.getBoundingClientRect().height}`)"""
        )

    def small_letters(self) -> list[str]:
        """What can be read on this page and is set smaller than 14 px."""
        return self.page.evaluate(
            """() => [...document.querySelectorAll('main *')]
                .filter((node) => node.checkVisibility() && [...node.childNodes].some((each) => each.data?.trim()))
                .filter((node) => parseFloat(getComputedStyle(node).fontSize) < 14)
                .map((node) => `${node.textContent} ${getComputedStyle(node).fontSize}`)"""
        )
