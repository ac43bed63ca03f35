"""On the adviser's screen: the comment fields. One a scene with the case's question, one for the whole, and any stage,
link or square that is chosen; the device keeps what is typed (`assets/fields.js`)."""

from typing import Any

from facilitation import advice, limits, remarks, written
from facilitation.access import Who
from facilitation.agencies import AGENCIES
from facilitation.conference import Conference
from facilitation.path import LINKS, STAGES
from facilitation.scenario import Case
from facilitation.screen.boxes import boxes
from facilitation.screen.parts import el, picture, text_fields
from facilitation.screen.visit import Visit
from facilitation.texts import catalogue

WORDS = ("sending", "saved", "unsent", "too_long", "no_storage")


def notes(visitor: Visit, conference: Conference, case: Case, who: Who) -> None:
    """The fields of this adviser."""
    say = visitor.say
    head = el("div.notes-head", el("h2", say("advise.notes")), el("p.muted", say("advise.notes_how")), id="notes")
    picture(head, key="notes-head")
    text_fields(_Fields(visitor, conference, case, who).data(), key=f"notes-{who.seat}")


class _Fields:
    """What the device is given."""

    def __init__(self, visitor: Visit, conference: Conference, case: Case, who: Who) -> None:
        self.visitor, self.conference, self.case, self.who = visitor, conference, case, who
        self.fiction = visitor.house.fiction(conference.case)

    def data(self) -> dict[str, Any]:
        say = self.visitor.say
        words = {name: catalogue(self.visitor.language)[f"writer.{name}"] for name in WORDS}
        words |= {name: say(f"advise.{name}") for name in ("save", "draft", "where", "choose")}
        return {
            "log": self.conference.id,
            "seat": "",
            "token": "",
            "keep": f"notes-{self.who.seat or self.who.role}",
            "revision": self.conference.revision,
            "limit": limits.STATEMENT,
            "ended": self.conference.ended,
            "words": words,
            "common": {"placeholder": say("advise.write"), "verb": "comment", "into": "text", "lines": 2},
            "fields": self._own(),
            "more": self._more(),
        }

    def _own(self) -> list[dict[str, Any]]:
        """The scenes opened so far, the whole, and every further place this adviser has written at."""
        prompts = {n: self.case.scenes[n - 1].adviser for n in self.conference.scenes}
        scenes = [self._field(f"scene:{n}", self.visitor.say("advise.prompt", text=prompts[n])) for n in prompts]
        known = {field["id"] for field in scenes}
        mine = [note for note in self.conference.notes.values() if note.id == advice.own_note(self.who, note.about)]
        others = [self._field(note.about) for note in mine if note.about and note.id not in known]
        return [*scenes, self._field(""), *others]

    def _field(self, about: str, hint: str = "") -> dict[str, Any]:
        note = self.conference.notes.get(advice.own_note(self.who, about))
        text, piece = (note.text, written.note(note.id)) if note else ("", "")
        said = boxes(self.conference, piece, [text], self.fiction, self.visitor.language)
        return {**self._place(about), "hint": hint, "text": text, "boxes": said}

    def _place(self, about: str) -> dict[str, Any]:
        id_ = advice.own_note(self.who, about)
        label = remarks.place(about, self.conference, self.case, self.visitor.language)
        return {"id": id_, "label": label, "send": {"note": id_, "about": about}}

    def _more(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Where else a comment may stand: stages, the links between them, the squares type by type."""
        say, language = self.visitor.say, self.visitor.language
        stages = [self._place(f"stage:{stage}") for stage in STAGES]
        bridges = [self._place(f"bridge:{before}-{after}") for before, after in LINKS]
        squares = [
            (AGENCIES[code].short(language), [self._place(f"cell:{code}:{stage}") for stage in STAGES])
            for code in self.conference.types
        ]
        return [(say("advise.stages"), stages), (say("advise.bridges"), bridges), *squares]
