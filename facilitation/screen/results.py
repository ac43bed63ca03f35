"""The results of a survey, for those who lead it: chapters of charts, the same numbers as tables, files to take along.

A form has results once it was closed and counted out (`release_results`): until then its counter is all there is.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache, partial
from typing import Any

import streamlit as st

from facilitation import survey_commands
from facilitation.barriers import barriers
from facilitation.calendar import fiscal_year, shown_date, shown_fiscal_year
from facilitation.charts.dress import Chart, Column
from facilitation.charts.respondents import holds
from facilitation.conference import statements
from facilitation.export.answers import answers_csv, codebook_csv
from facilitation.export.tables import as_csv, as_workbook
from facilitation.screen.asked import taken_of_survey
from facilitation.screen.drawn_results import charts
from facilitation.screen.parts import Node, el, picture, plain
from facilitation.screen.quotes import quotes
from facilitation.screen.tabs import tabs
from facilitation.screen.visit import Visit, attempt, survey_leader
from facilitation.suppression import K
from facilitation.survey import SurveyResult
from facilitation.survey_round import CLOSED, SurveyRound
from facilitation.survey_summary import SurveySummary, summary_of

QUOTES = "words"
IMAGES = ("svg", "png")
MIME = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class Results:
    """One look at a survey's results, for one run."""

    def __init__(self, visitor: Visit, found: SurveyRound) -> None:
        self.visitor, self.survey, self.spoken = visitor, found, visitor.language
        self._uncounted = 0
        self.say = visitor.say

    def draw(self) -> None:
        """The page, from its name to the files."""
        self._head()
        self._counting()
        if not self.survey.released:
            picture(el("p.empty", self.say("results.none_yet")), key="none-yet")
            return
        events = self._events()
        released = self.visitor.house.surveys.released
        waiting = self._uncounted or (released.waiting(events) if len(events) > 1 else 0)
        if waiting:
            picture(el("p.few", self.say("results.counting", n=waiting)), key="counting")
            return
        result = released.of(self.survey) if len(events) == 1 else released.pooled(events)
        self._withheld(result)
        self._attendance(events)
        helps = self._helps() if len(events) == 1 else {}
        chapters = charts(result, self._period(events), self.spoken, helps)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kind = st.segmented_control(
                self.say("results.image"), IMAGES, default="svg", format_func=str.upper, key="image", required=True
            )
            self._files(result, [chart for charts in chapters.values() for chart in charts])
        names = [*chapters, *([QUOTES] if len(events) == 1 else [])]
        broad = {"types": "categories"} if result.by_category else {}
        titles = {name: self.say(f"results.{broad.get(name, name)}") for name in names}
        opened = tabs(self.visitor, titles, key="results")
        self._chapter(chapters.get(opened, ()), str(kind or IMAGES[0]))
        if opened == QUOTES:
            picture(quotes(self.survey, self.spoken), key="quotes")

    def _head(self) -> None:
        found = self.survey
        picture(
            el(
                "nav.links",
                el("h1", self.say("results.title")),
                el("span.muted", f"{shown_date(found.date, self.spoken)} {found.title}"),
                el("span.sample", self.say("demo.mark")) if found.demo else None,
                el("a.button", self.say("results.to_survey"), href=f"/survey?c={found.id}"),
            ),
            key="results-head",
        )

    def _counting(self) -> None:
        """Every form with its state; one that is closed can be counted out, and says what that means."""
        found = self.survey
        rows = [
            el(
                "li",
                el("b", self.say(f"answering.form.{form}")),
                " ",
                self.say(f"results.state.{'released' if form in found.released else state}"),
                " · ",
                self.say("results.answered", n=found.answered(form)),
            )
            for form, state in found.forms.items()
        ]
        picture(el("ul.form-states", rows), key="form-states")
        for form, state in found.forms.items():
            if state == CLOSED and form not in found.released and found.answered(form):
                words = self.say("results.count", form=self.say(f"answering.form.{form}"))
                if st.button(words, key=f"count-{form}", type="primary", help=self.say("results.count_how")):
                    attempt(self.visitor, partial(self._send, survey_commands.release_results, form=form))
                    st.rerun()

    def _send(self, verb: Any, **fields: Any) -> Any:
        who = survey_leader(self.visitor.grants, self.survey)
        return self.visitor.house.surveys.send(self.survey.id, verb, who, **fields)

    def _events(self) -> list[SurveySummary]:
        """The surveys in scope, the oldest first; all of one kind, all with results."""
        found = self.survey
        if not self.visitor.organiser:
            return [summary_of(found)]
        names = {"event": self.say("results.scope.event")}
        if found.region:
            names["region"] = self.say("results.scope.region", region=plain(found.region))
        if found.date:
            year = shown_fiscal_year(_year(found.date), self.spoken)
            names["year"] = self.say("results.scope.year", year=year)
        asked = st.query_params.get("scope", "")
        chosen = st.pills(
            self.say("results.scope.name"),
            list(names),
            default=asked if asked in names else "event",
            format_func=names.__getitem__,
            key="scope",
        )
        if chosen in (None, "event"):
            return [summary_of(found)]
        counted, self._uncounted = self.visitor.house.surveys.so_far()
        others = [
            other for other in counted if other.kind == found.kind and other.released and other.demo == found.demo
        ]
        same = {
            "region": [other for other in others if other.region == found.region],
            "year": [other for other in others if _year(other.date) == _year(found.date)],
        }
        return sorted(same.get(str(chosen)) or [summary_of(found)], key=lambda each: (each.date, each.id))

    def _period(self, events: Sequence[SurveySummary]) -> str:
        if len(events) == 1:
            found = events[0]
            return " ".join(filter(None, [shown_date(found.date, self.spoken), found.region]))
        first, last = (shown_date(each.date, self.spoken) for each in (events[0], events[-1]))
        return self.say("results.period", n=len(events), first=first, last=last)

    def _helps(self) -> dict[str, int]:
        """What the tables' cards named as help, where the survey belongs to a conference."""
        if not self.survey.conference:
            return {}
        cards = self.visitor.house.conference(self.survey.conference).cards.values()
        return {help.help: help.count for help in barriers(statements(cards, texts=False)).helps}

    def _withheld(self, result: SurveyResult) -> None:
        """What is not shown, and why: said once, kindly."""
        lines: list[str | Node] = [*self._told_apart(result)]
        if result.withheld:
            asked = [result.questionnaire.items[item].name(self.spoken) for item in result.withheld]
            lines.append(self.say("results.withheld", k=result.k, questions=" / ".join(asked)))
        if result.left_out:
            asked = [result.questionnaire.items[item].name(self.spoken) for item in result.left_out]
            lines.append(self.say("results.questions_left_out", questions=" / ".join(asked)))
        if result.events_left_out:
            lines.append(self.say("results.left_out", n=result.events_left_out, k=result.k))
        if lines:
            picture(el("div.few", [el("p", line) if isinstance(line, str) else line for line in lines]), key="few")

    def _told_apart(self, result: SurveyResult) -> Sequence[str | Node]:
        """Why answers stand by agency type, by broad category or all together; which types are in a category."""
        if result.by_category:
            parts = [el("p", holds(each, types, self.spoken)) for each, types in result.categories.items()]
            return self.say("results.broad"), el("details.own-map", el("summary", self.say("results.holds")), parts)
        if not (result.by_type and result.by_type.merged):
            return ()
        if result.by_type.merged_n is None:
            return (self.say("results.few_types"),)
        return (self.say("results.merged" if result.by_type.told_apart > 1 else "results.together"),)

    def _attendance(self, events: Sequence[SurveySummary]) -> None:
        """延べ and 実数 of visits: whoever brought the card again is one person (domain C13)."""
        people = [who for event in events for who in event.visitors]
        if len(set(people)) >= K:
            counted = {"n": len(events), "total": len(people), "distinct": len(set(people))}
            picture(el("p.attendance", self.say("results.attendance", **counted)), key="attendance")

    def _chapter(self, charts: Sequence[Chart], kind: str) -> None:
        for chart in charts:
            with st.container(key=f"chart-{chart.name}"):
                picture(self._in_words(chart), key=f"words-{chart.name}")
                st.plotly_chart(
                    chart.figure,
                    theme=None,
                    key=f"figure-{chart.name}",
                    config=_tools(chart.name, kind),
                    alt=f"{chart.title} {chart.note}",
                )
                picture(_table(chart, self.say("results.numbers")), key=f"numbers-{chart.name}")
                st.download_button(
                    self.say("results.csv"),
                    data=self._taking("numbers", partial(as_csv, chart)),
                    file_name=f"{self.survey.id}-{chart.name}.csv",
                    mime="text/csv",
                    key=f"csv-{chart.name}",
                    on_click="ignore",
                )

    def _in_words(self, chart: Chart) -> Node:
        """For a phone held upright, on which a figure has no room: what it says, and how it is seen."""
        known = [el("p.muted", line) for line in (*chart.note.splitlines(), self.say("results.turn"))]
        return el("div.on-phone", el("p.headline", chart.title), known)

    def _taking(self, what: str, made: Callable[[], bytes]) -> Callable[[], bytes]:
        """A file that is made when it is asked for, and that it was asked for is noted."""
        who = survey_leader(self.visitor.grants, self.survey)

        def taken() -> bytes:
            if who:
                taken_of_survey(who, self.survey, what)
            return made()

        return taken

    def _files(self, result: SurveyResult, charts: Sequence[Chart]) -> None:
        """Everything at once; the answers for own statistics cannot be joined from one question to another."""
        made = {
            "workbook": ("xlsx", partial(as_workbook, charts)),
            "answers": ("answers.csv", partial(answers_csv, result)),
            "codebook": ("codebook.csv", partial(codebook_csv, result)),
        }
        for name, (ending, data) in made.items():
            st.download_button(
                self.say(f"results.{name}"),
                data=self._taking(name, data),
                file_name=f"{self.survey.id}.{ending}",
                mime=MIME[ending.rpartition(".")[2]],
                on_click="ignore",
                key=f"file-{name}",
            )


@cache
def _year(iso: str) -> int:
    return fiscal_year(date.fromisoformat(iso)) if iso else 0


def _tools(name: str, kind: str) -> dict[str, Any]:
    """One button on the figure: save it as a picture."""
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": kind, "filename": name, "scale": 2},
    }


def _table(chart: Chart, opener: str) -> Node:
    """The figure's numbers: for screen readers, for grey paper, for whoever wants to be sure."""
    head = el("tr", [el("th", column.name, scope="col") for column in chart.head])
    body = [
        el("tr", [_cell(column, column.shown(value)) for column, value in zip(chart.head, row, strict=True)])
        for row in chart.rows
    ]
    table = el("table.numbers", el("caption", chart.title), el("thead", head), el("tbody", body))
    return el("details.own-map", el("summary", opener), el("div.wide", table))


def _cell(column: Column, shown: str) -> Node:
    """A number brings its column's name along: on a phone it stands beside it."""
    return el("th", shown, scope="row") if column.kind == "words" else el("td", shown, data_name=column.name)
