"""What advisers marked and wrote, as a room may see it: quotations and comments, the newest first."""

from facilitation import checking
from facilitation.agencies import AGENCIES
from facilitation.conference import Card, Conference, Note
from facilitation.path import STAGES
from facilitation.scenario import Case
from facilitation.texts import say


def quotes(conference: Conference) -> tuple[Card, ...]:
    """The starred cards that may be projected; one held back or taken back is gone at once."""
    found = (conference.cards.get(card) for card in reversed(conference.stars))
    return tuple(card for card in found if card and card.public)


def remarks(conference: Conference, language: str) -> tuple[Note, ...]:
    """The advisers' comments, as others read them. What another table wrote on a group's map is none."""
    found = [note for note in checking.notes(conference, language) if note.adviser]
    return tuple(sorted(found, key=lambda note: note.revision, reverse=True))


def place(about: str, conference: Conference, case: Case, language: str) -> str:
    """What a comment is attached to (`conference.Note`), in words; a place that is not here counts as the whole."""
    scenes = {str(step.scene): step.scene for step in conference.steps if step.scene}
    match about.split(":"):
        case ["scene", n] if n in scenes:
            return scene(scenes[n], conference, case, language)
        case ["stage", stage] if stage in STAGES:
            return STAGES[stage].short(language)
        case ["bridge", link] if all(stage in STAGES for stage in link.split("-")):
            return " → ".join(STAGES[stage].short(language) for stage in link.split("-"))
        case ["cell", code, stage] if code in AGENCIES and stage in STAGES:
            return say(language, "map.cell", type=AGENCIES[code].short(language), stage=STAGES[stage].short(language))
        case ["group", n]:
            return say(language, "group", n=n)
        case _:
            return say(language, "advise.whole")


def scene(number: int, conference: Conference, case: Case, language: str) -> str:
    """A scene by its place in this conference and its title."""
    played = [step.scene for step in conference.steps if step.scene]
    return say(language, "record.scene", n=played.index(number) + 1, title=case.scenes[number - 1].title)


def role(note: Note, language: str) -> str:
    """Who comments: an adviser's role in the own words, or the desk."""
    return note.by or say(language, "advise.desk")
