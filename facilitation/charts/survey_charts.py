"""All charts of a survey's results (G1-G5, G7-G10), in the order in which an organiser reads them.

What is not in the result is not drawn: the rule for small numbers has been applied before (`facilitation.survey`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from facilitation.charts.acquaintance import acquaintance
from facilitation.charts.agreement import agreement
from facilitation.charts.before_after import before_after
from facilitation.charts.by_type import by_type
from facilitation.charts.counts import counts
from facilitation.charts.dress import About, Chart
from facilitation.charts.knowing import knowing
from facilitation.path import HELPS
from facilitation.rounding import percent
from facilitation.survey import SurveyResult
from facilitation.survey_items import Item, Option, options
from facilitation.texts import say

BACKGROUND = ("A2", "A3", "A4")
SENTENCES = {
    "T4": "charts.titles.wishes",
    "V6": "charts.titles.roles",
    "M3": "charts.titles.difficulties",
    "M4": "charts.titles.ways",
    "W2": "charts.titles.used",
}
"""Lists whose most chosen option is a finding of its own; another list has its question above it."""
MOST_NAMED = 3
"""So many that came first together are named in a title; of more it would say nothing."""
CONTACT, USED, CONSENT = "W1", "W2", "T5"
NOT_LISTED = (*BACKGROUND, CONTACT, USED, CONSENT)
"""Lists with a place of their own, and the consent, which is no finding."""
FORMS_SHOWN = ("post", "visit", "study", "follow")


def survey_charts(
    result: SurveyResult, period: str, language: str, helps: Mapping[str, int] = MappingProxyType({})
) -> Mapping[str, tuple[Chart, ...]]:
    """The charts by chapter (`CHAPTERS`, empty ones left out). `period`: when and where, in words. `helps`: what would
    help by the tables' cards, which are no answers (help code → how often it was written)."""
    drawn = _Drawn(result, About(None, period), language)
    found = {
        "said": drawn.agreements(),
        "change": drawn.pairs(),
        "types": drawn.types(),
        "lists": (*drawn.lists(), *drawn.helps(helps)),
        "later": drawn.after_months(),
        "who": drawn.background(),
    }
    chapters = {name: tuple(charts) for name, charts in found.items()}
    return {name: charts for name, charts in chapters.items() if charts}


class _Drawn:
    """The charts of one result in one language."""

    def __init__(self, result: SurveyResult, about: About, language: str) -> None:
        self.result, self._about, self.language = result, about, language

    def agreements(self) -> Iterator[Chart]:
        """G1 and G9: the scales that were asked once, a figure a form."""
        for form in FORMS_SHOWN:
            shown = [(self._name(item), self.result.likert[item]) for item in self._asked(form)]
            if shown:
                people = max(view.n + view.missing for _, view in shown)
                yield agreement(f"agreement-{form}", shown, self._of(people), self.language)

    def pairs(self) -> Iterator[Chart]:
        """G2, G3 and G4: what the same people said before and after."""
        result = self.result
        if result.shift:
            shown = [(self._name(item), view) for item, view in result.shift.items()]
            yield before_after("before-after", shown, self._of(max(view.n for _, view in shown)), self.language)
        known = {item: about for item, about in result.knows.items() if about}
        if known:
            people = max(view.n for about in known.values() for view in about.values())
            yield knowing("knowing", known, self._of(people), self.language, result.categories)
        if result.network and len(result.network.nodes) > 1:
            people = sum(result.network.nodes.values())
            about = self._of(people)
            yield acquaintance("acquaintance", result.network, about, self.language, result.categories)

    def types(self) -> Iterator[Chart]:
        """G5: where more than one part may be shown, by agency type or broad category."""
        for form in FORMS_SHOWN:
            groups = self.result.groups.get(form)
            shown = [(self._name(item), self.result.likert_by[item]) for item in self._asked(form)]
            if groups and groups.told_apart > 1 and any(parts.of for _, parts in shown):
                about = self._of(sum(groups.sizes.values()))
                yield by_type(f"by-type-{form}", shown, groups, about, self.language, self.result.categories)

    def lists(self) -> Iterator[Chart]:
        """G8 and the lists of G9: what was chosen."""
        for item in self.result.choices:
            if item not in NOT_LISTED:
                yield self._list(item)

    def helps(self, written: Mapping[str, int]) -> Iterator[Chart]:
        """G7: what would help, from the cards: no answers of the survey."""
        shown = [(HELPS[code].name(self.language), n) for code, n in written.items() if n]
        if not shown:
            return
        title = self._most("charts.titles.helps", shown) or self._say("helps_even")
        yield counts("helps", title, shown, 0, self._of(None), self.language, more=[self._say("of_helps")])

    def after_months(self) -> Iterator[Chart]:
        """G10: who got in touch, and how."""
        follow = self.result.follow_up
        if follow and follow.action is not None and CONTACT in self.result.choices:
            title = self._say("acted", action=percent(follow.action))
            words = {"invited": follow.invited, "responded": follow.responded, "response": percent(follow.response)}
            more = [self._say("responded", **words)] if follow.response is not None else []
            yield self._list(CONTACT, title=title, more=more)
        if USED in self.result.choices:
            yield self._list(USED)

    def background(self) -> Iterator[Chart]:
        """Who answered, over everybody: never beside a type."""
        for item in BACKGROUND:
            if item in self.result.choices:
                yield self._list(item)

    def _list(self, item: str, *, title: str = "", more: Sequence[str] = ()) -> Chart:
        view, asked = self.result.choices[item], self.result.questionnaire.items[item]
        names = _names(asked)
        shown = [(names[code].name(self.language) if code in names else code, n) for code, n in view.counts.items()]
        several = [self._say("several")] if asked.type == "multi" else []
        return counts(
            f"list-{item}",
            title or self._finding(asked, shown),
            shown,
            view.n,
            self._of(view.n),
            self.language,
            ordered=asked.type == "single",
            more=[*more, *several],
        )

    def _finding(self, item: Item, shown: Sequence[tuple[str, int]]) -> str:
        """What was chosen most, where that is a finding; else the question."""
        found = self._most(SENTENCES[item.id], shown) if item.id in SENTENCES else ""
        return found or self._name(item.id)

    def _most(self, key: str, shown: Sequence[tuple[str, int]]) -> str:
        """The sentence about what came first, all of them where several did; "" where hardly anything stands out."""
        first = max(count for _, count in shown)
        names = [words for words, count in shown if count == first]
        if not first or len(names) > MOST_NAMED:
            return ""
        return say(self.language, key, choice=say(self.language, "charts.titles.between").join(names))

    def _asked(self, form: str) -> list[str]:
        """The scales of a form that may be shown, in the questionnaire's order; each stands in one form's figure."""
        items = self.result.questionnaire.items
        return [item for item in self.result.likert if items[item].forms[0] == form]

    def _name(self, item: str) -> str:
        """The question; a changed wording says so, for it is not quite the same question as before."""
        asked = self.result.questionnaire.items[item]
        words = asked.name(self.language)
        return words if asked.version == 1 else say(self.language, "charts.reworded", question=words, n=asked.version)

    def _of(self, people: int | None) -> About:
        return replace(self._about, n=people)

    def _say(self, name: str, **params: object) -> str:
        return say(self.language, f"charts.titles.{name}", **params)


def _names(item: Item) -> Mapping[str, Option]:
    return {option.code: option for option in options(item)}
