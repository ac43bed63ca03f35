"""What an organiser changes in a questionnaire: each verb answers with one change, plain data for a log, or refuses.

`changed(STANDARD, changes)` is the questionnaire as it stands. Nothing is ever deleted: an item left out is hidden, a
wording that was replaced is kept under its version. Ids of own items are X1, X2 …, never given twice.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from types import MappingProxyType
from typing import Any

from facilitation.access import Refused
from facilitation.survey_items import AT_THE_FORMS, WITH_OPTIONS, Item, Option, Questionnaire, item_of, row_of
from facilitation.typed import clean

Change = Mapping[str, Any]
Words = tuple[str, str]
"""Japanese and English; the English may be left empty."""

MOST_OWN = 20
MOST_OPTIONS = 12
LONGEST_QUESTION = 120
LONGEST_OPTION = 60
LONGEST_TEXT = 200
PRESENT = "PRESENT_AGENCY_TYPES"


def changed(questionnaire: Questionnaire, changes: Iterable[Change]) -> Questionnaire:
    """The questionnaire after `changes`, in their order. A change of an unknown kind or item changes nothing, so that a
    log written by a newer version can still be read."""
    return reduce(lambda now, change: _APPLY.get(change["change"], _nothing)(now, change), changes, questionnaire)


def hide(questionnaire: Questionnaire, item: str) -> Change:
    """Leave an item out of every form."""
    return {"change": "hide", "item": _known(questionnaire, item).id}


def show(questionnaire: Questionnaire, item: str) -> Change:
    """Take a hidden item in again."""
    return {"change": "show", "item": _known(questionnaire, item).id}


def reorder(questionnaire: Questionnaire, kind: str, form: str, items: Sequence[str]) -> Change:
    """Ask the shown items of a form in this order; refused unless they are the same items, each once."""
    if sorted(items) != sorted(item.id for item in questionnaire.form(form, kind)):
        raise Refused("questionnaire.order")
    return {"change": "order", "kind": kind, "form": form, "items": list(items)}


def reword(questionnaire: Questionnaire, item: str, words: Words, options: Sequence[Words] = ()) -> Change:
    """Ask with other words: a new version of the item. Options keep their codes, so there must be as many as before."""
    known = _known(questionnaire, item)
    if options and len(options) != len(known.options):
        raise Refused("questionnaire.options_number", number=len(known.options))
    ja, en = _words(words, LONGEST_QUESTION)
    return {"change": "reword", "item": known.id, "ja": ja, "en": en, "options": [list(_option(o)) for o in options]}


def add(
    questionnaire: Questionnaire,
    kind: str,
    forms: Sequence[str],
    type: str,
    words: Words,
    options: Sequence[Words] = (),
) -> Change:
    """Write an own item at the end of `forms` of an event's kind. A grid without options asks for the agency types
    that are present."""
    if type not in AT_THE_FORMS:
        raise Refused("questionnaire.type", found=type)
    if not forms or not set(forms) <= set(questionnaire.forms_of(kind)):
        raise Refused("questionnaire.form")
    if len(forms) > 1 and not _compared(type, forms):
        raise Refused("questionnaire.one_form")
    own = sum(item.own for item in questionnaire.items.values())
    if own >= MOST_OWN:
        raise Refused("questionnaire.many_own", most=MOST_OWN)
    item = _own(f"X{own + 1}", type, _times(forms), words, options)
    return {"change": "add", "kind": kind, "forms": list(forms), "item": row_of(item)}


def _compared(type: str, forms: Sequence[str]) -> bool:
    """Asked before and again at the event: only scales and grids can be compared."""
    return type in ("likert5", "grid_binary") and len(forms) == 2 and "pre" in forms and "follow" not in forms


def _times(forms: Sequence[str]) -> tuple[str, ...]:
    """What is asked twice is asked before and after, also where the form at the event has another name."""
    return ("pre", "post") if len(forms) > 1 else tuple(forms)


def _own(id: str, type: str, forms: tuple[str, ...], words: Words, options: Sequence[Words]) -> Item:
    ja, en = _words(words, LONGEST_QUESTION)
    chosen = tuple(Option(f"{id}_{n}", *_option(each)) for n, each in enumerate(options, 1))
    listed = type in WITH_OPTIONS
    source = PRESENT if type == "grid_binary" and not chosen else ""
    if listed and not source and not 2 <= len(chosen) <= MOST_OPTIONS:
        raise Refused("questionnaire.options", most=MOST_OPTIONS)
    if len({option.ja for option in chosen}) < len(chosen):
        raise Refused("questionnaire.same_option")
    longest = LONGEST_TEXT if type == "text" else 0
    return Item(id, type, forms, ja, en, options=chosen if listed else (), options_from=source, most=longest)


def _known(questionnaire: Questionnaire, item: str) -> Item:
    if item not in questionnaire.items:
        raise Refused("questionnaire.item", found=item)
    return questionnaire.items[item]


def _words(words: Words, most: int) -> Words:
    """Both languages on one line each; the Japanese must be there."""
    ja, en = (" ".join(clean(text).split()) for text in words)
    if not ja:
        raise Refused("questionnaire.empty")
    longest = max(len(ja), len(en))
    if longest > most:
        raise Refused("questionnaire.long", most=most, length=longest)
    return ja, en


def _option(words: Words) -> Words:
    return _words(words, LONGEST_OPTION)


def _nothing(now: Questionnaire, change: Change) -> Questionnaire:
    return now


def _hidden(now: Questionnaire, change: Change) -> Questionnaire:
    return replace(now, hidden=now.hidden | {change["item"]})


def _shown(now: Questionnaire, change: Change) -> Questionnaire:
    return replace(now, hidden=now.hidden - {change["item"]})


def _ordered(now: Questionnaire, change: Change) -> Questionnaire:
    """Hidden items keep their place at the end; items that came since stay behind those named."""
    before = now.forms.get(change["kind"], {}).get(change["form"], ())
    first = [each for each in change["items"] if each in before]
    return _with_form(now, change["kind"], change["form"], (*first, *(each for each in before if each not in first)))


def _reworded(now: Questionnaire, change: Change) -> Questionnaire:
    before = now.items.get(change["item"])
    if before is None:
        return now
    options = tuple(
        replace(option, ja=words[0], en=words[1])
        for option, words in zip(before.options, change.get("options") or (), strict=False)
    )
    words = {"ja": change["ja"], "en": change["en"], "options": options or before.options}
    return _with_item(now, replace(before, version=before.version + 1, **words))


def _added(now: Questionnaire, change: Change) -> Questionnaire:
    """An id stays with its question; added again, it is asked in further forms, or in newer words."""
    item = item_of(change["item"])
    known = now.items.get(item.id)
    more = now if known and known.version >= item.version else _with_item(now, item)
    return reduce(lambda q, form: _appended(q, change["kind"], form, item.id), change["forms"], more)


def _with_item(now: Questionnaire, item: Item) -> Questionnaire:
    """The item with its newest wording in its place, the one before it kept."""
    before = now.items.get(item.id)
    kept = {item.id: (*now.earlier.get(item.id, ()), before)} if before else {}
    items = MappingProxyType({**now.items, item.id: item})
    return replace(now, items=items, earlier=MappingProxyType({**now.earlier, **kept}))


def _appended(now: Questionnaire, kind: str, form: str, item: str) -> Questionnaire:
    asked = now.forms.get(kind, {}).get(form, ())
    return _with_form(now, kind, form, tuple(dict.fromkeys((*asked, item))))


def _with_form(now: Questionnaire, kind: str, form: str, ids: tuple[str, ...]) -> Questionnaire:
    forms = {**now.forms, kind: MappingProxyType({**now.forms.get(kind, {}), form: ids})}
    return replace(now, forms=MappingProxyType(forms))


_APPLY: Mapping[str, Callable[[Questionnaire, Change], Questionnaire]] = {
    "hide": _hidden,
    "show": _shown,
    "order": _ordered,
    "reword": _reworded,
    "add": _added,
}
