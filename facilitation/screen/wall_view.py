"""Everything a picture of the wall is drawn from."""

from dataclasses import dataclass

from facilitation.conference import Conference
from facilitation.scenario import Case, Scene
from facilitation.screen.house import House
from facilitation.survey_round import SurveyRound
from facilitation.texts import say


@dataclass(frozen=True, slots=True)
class Wall:
    """One conference as the projector shows it, for one run; `spent` are the seconds gone on the open step's clock,
    `survey` is its survey, if it has one in this house."""

    conference: Conference
    case: Case
    language: str
    spent: float
    survey: SurveyRound | None = None

    @classmethod
    def of(cls, here: House, conference: Conference, language: str) -> "Wall":
        """The wall of a conference as it stands now."""
        case, survey = here.case(conference, language), here.surveys.of(conference)
        return cls(conference, case, language, here.spent(conference), survey)

    def say(self, key: str, **params: object) -> str:
        """The text `key` in the wall's language."""
        return say(self.language, key, **params)

    @property
    def scene(self) -> Scene:
        """The scene opened last."""
        return self.case.scenes[self.conference.scene - 1]

    @property
    def position(self) -> int:
        """Its place among the scenes played, from 0."""
        return self.numbers.index(self.conference.scene)

    @property
    def numbers(self) -> list[int]:
        """The case's own numbers of the scenes played."""
        return [step.scene for step in self.conference.steps if step.scene]
