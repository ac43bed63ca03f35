"""What may be shown of a survey's log: the results of the forms that were released, and of no other."""

from facilitation.survey import SurveyResult, survey
from facilitation.survey_round import SurveyRound
from facilitation.survey_sheet import questionnaire_of, released_answers


def result_of(found: SurveyRound) -> SurveyResult:
    """The results of one event. Invited to the follow-up are as many as were expected, once that form is released."""
    invited = found.expected if "follow" in found.released and found.expected else None
    return survey(released_answers(found), questionnaire_of(found), invited)
