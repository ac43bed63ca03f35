"""The verbs of free texts: what somebody wrote is shown only where its writer allowed it and a person has read it.

Reading them is the organisers' alone. Nothing is decided before a form is closed, and nothing is told of who wrote it:
a text is named by the entry it stands in. A text written anew is a text to be read anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from facilitation.access import Refused, Who, require
from facilitation.commands import Drafts, words
from facilitation.entries import REDACTED, Draft
from facilitation.personal_data import hits
from facilitation.survey_commands import there
from facilitation.survey_items import CONSENT
from facilitation.survey_round import CLOSED, Approval, Sheet, SurveyRound
from facilitation.survey_sheet import questionnaire_of
from facilitation.themes import THEMES, UNSORTED, suggest

AS_WRITTEN, SUMMARISED = "T5_1", "T5_2"
"""What T5 allows: the words themselves, or the same said in other words."""


@dataclass(frozen=True, slots=True)
class Written:
    """One free text: `sheet` and `item` name it, `consent` is T5's answer ("" none), `decided` what a person said."""

    form: str
    sheet: int
    item: str
    text: str
    consent: str
    suggested: str
    decided: Approval | None = None

    @property
    def shown(self) -> str:
        """What may be quoted; "" where nothing may."""
        if self.decided is None or self.decided.kept_back or self.consent not in (AS_WRITTEN, SUMMARISED):
            return ""
        return self.decided.text or (self.text if self.consent == AS_WRITTEN else "")

    @property
    def theme(self) -> str:
        """The confirmed theme, else the suggested one; one that this codebook does not have is none."""
        theme = self.decided.theme if self.decided else self.suggested
        return theme if theme in THEMES else UNSORTED


def written(survey: SurveyRound) -> tuple[Written, ...]:
    """All free texts of closed forms, in the order of their words: never of when they came."""
    closed = [form for form, state in survey.forms.items() if state == CLOSED]
    found = [text for form in closed for sheet in survey.sheets(form).values() for text in _of(survey, sheet)]
    return tuple(sorted(found, key=lambda each: (each.form, each.item, each.text, each.sheet)))


def _of(survey: SurveyRound, sheet: Sheet) -> Iterable[Written]:
    items = questionnaire_of(survey).items
    consent = next((str(value) for item, _, value in sheet.rows if item == CONSENT), "")
    said = {item: str(value) for item, _, value in sheet.rows if item in items and items[item].type == "text"}
    for item, text in said.items():
        decided = survey.texts.get((sheet.revision, item))
        yield Written(sheet.form, sheet.revision, item, text, consent, suggest(text), decided)


def decide_text(
    survey: SurveyRound,
    who: Who,
    *,
    sheet: int,
    item: str,
    theme: str = UNSORTED,
    text: str = "",
    keep: bool = False,
    sure: bool = False,
) -> Drafts:
    """Release a text under a theme, as written or in other words (`text`), or `keep` it back. Where only a summary is
    allowed, the other words have to be there; words that may tell who somebody is are let through only where a person
    is `sure` (C17)."""
    require(who, "organiser")
    found = _find(survey, sheet, item)
    if theme not in (*THEMES, UNSORTED):
        raise Refused("poll.theme", found=theme)
    said = words(text, questionnaire_of(survey).items[item].most, "poll.summary_long")
    if not keep and found.consent not in (AS_WRITTEN, SUMMARISED):
        raise Refused("poll.no_consent")
    if not keep and found.consent == SUMMARISED and said in ("", found.text):
        raise Refused("poll.summary")
    named = () if keep or sure else hits(said or found.text)
    if named:
        raise Refused("poll.personal", found="、".join(hit.words for hit in named))
    decided = Approval("" if said == found.text else said, theme, keep)
    if decided == found.decided:
        return ()
    body = {"sheet": sheet, "item": item, "text": decided.text, "theme": theme, "kept_back": keep}
    return (Draft("text_decided", who.author, body),)


def reconsider_text(survey: SurveyRound, who: Who, *, sheet: int, item: str) -> Drafts:
    """Take a decision back: the text waits again."""
    require(who, "organiser")
    found = _find(survey, sheet, item)
    body = {"sheet": sheet, "item": item, "open": True}
    return (Draft("text_decided", who.author, body),) if found.decided else ()


def erase_text(survey: SurveyRound, who: Who, *, sheet: int, item: str) -> Drafts:
    """Let a text that tells of a real person go for good, with what the same respondent had written there before and
    what it was put into in other words; the rest of its sheet stays."""
    require(who, "organiser")
    _find(survey, sheet, item)
    sheets = next((*each.earlier, sheet) for each in survey.answers.values() if each.revision == sheet)
    own = [(revision, item) for revision in sheets]
    reworded = [(revision, "text") for revision in sheets for revision in survey.told.get((revision, item), ())]
    return tuple(Draft(REDACTED, who.author, {"revision": at, "fields": [name]}) for at, name in own + reworded)


def _find(survey: SurveyRound, sheet: int, item: str) -> Written:
    there(survey)
    found = [each for each in written(survey) if (each.sheet, each.item) == (sheet, item)]
    if not found:
        raise Refused("poll.no_text")
    return found[0]
