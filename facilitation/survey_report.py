"""The results of a survey in words and lines, as a person reads them on a terminal or in a mail."""

from collections.abc import Callable, Iterable
from functools import partial

from facilitation import sentences
from facilitation.agencies import group_name
from facilitation.suppression import UNTYPED, Groups
from facilitation.survey import SurveyResult
from facilitation.survey_items import options

Say = Callable[..., str]
Lines = list[str]


def report(result: SurveyResult, language: str) -> str:
    """The results in `language` ("ja" or "en"): titled sections of plain lines."""
    say = partial(sentences.say, "survey_report", language)
    sections = {
        "likert": _likert(result, say, language),
        "shift": _shift(result, say, language),
        "knows": _knows(result, say, language),
        "network": _network(result, say),
        "choices": _choices(result, say, language),
        "by_type": _by_type(result, say, language),
        "by_category": _by_category(result, say, language),
        "follow_up": _follow_up(result, say),
        "withheld": [_question(item, result, say, language) for item in result.withheld],
    }
    who = result.respondents
    shown = [say("title", pre=who.pre, post=who.post, paired=who.paired)]
    for name, lines in sections.items():
        if lines:
            shown += ["", f"■ {say(f'section.{name}')}", *(f"  {line}" for line in lines)]
    return "\n".join([*shown, "", say("footer", k=result.k)])


def _likert(result: SurveyResult, say: Say, language: str) -> Lines:
    lines = []
    for item, each in result.likert.items():
        figures = {"top2": _percent(each.top2, say), "n": each.n, "missing": each.missing}
        counts = say("separator").join(map(str, each.counts))
        lines += [_question(item, result, say, language), "  " + say("line.likert", counts=counts, **figures)]
    return lines


def _shift(result: SurveyResult, say: Say, language: str) -> Lines:
    lines = []
    for item, each in result.shift.items():
        means = {"before": _plain(each.before), "after": _plain(each.after), "difference": _signed(each.difference)}
        people = {"up": each.up, "same": each.same, "down": each.down, "n": each.n, "unpaired": each.unpaired}
        lines += [_question(item, result, say, language), "  " + say("line.shift", **means, **people)]
    return lines


def _knows(result: SurveyResult, say: Say, language: str) -> Lines:
    lines = []
    for item, about in result.knows.items():
        lines += [_question(item, result, say, language)] if about else []
        for agency, each in about.items():
            shares = {"before": _percent(each.before, say), "after": _percent(each.after, say)}
            people = {"gained": each.gained, "lost": each.lost, "n": each.n}
            lines.append("  " + say("line.knows", type=_type(agency, say, language), **shares, **people))
    return lines


def _network(result: SurveyResult, say: Say) -> Lines:
    drawn = result.network
    if drawn is None:
        return []
    before, after, change = drawn.before.density, drawn.after.density, drawn.change
    if before is None or after is None or change is None:
        return [say("line.network_hidden")]
    densities = {"before": _plain(before), "after": _plain(after), "change": _signed(change)}
    mutual = {"mutual_before": drawn.before.reciprocal, "mutual_after": drawn.after.reciprocal}
    return [say("line.network", pairs=drawn.after.pairs, **densities, **mutual)]


def _choices(result: SurveyResult, say: Say, language: str) -> Lines:
    lines = []
    for item, each in result.choices.items():
        names = {option.code: option.name(language) for option in options(result.questionnaire.items[item])}
        chosen = [say("line.choice", option=names.get(code, code), count=n) for code, n in each.counts.items() if n]
        counts = say("separator").join(chosen) or say("line.unknown")
        lines += [_question(item, result, say, language), "  " + say("line.choices", n=each.n, counts=counts)]
    return lines


def _by_type(result: SurveyResult, say: Say, language: str) -> Lines:
    """The groups by agency type; where categories are told apart they say more."""
    found = result.by_type
    if found is None or result.by_category:
        return []
    lines = _groups(found, say, language)
    return [*lines, say("line.together")] if found.merged_n and found.told_apart == 1 else lines


def _by_category(result: SurveyResult, say: Say, language: str) -> Lines:
    """The categories with the agency types in them, and the groups of the last form told apart like this."""
    found = result.broad_groups
    if found is None:
        return []
    held = [
        say("line.holds", category=group_name(category, language), types=_named(types, say, language))
        for category, types in result.categories.items()
    ]
    return [say("line.by_category"), *held, *_groups(found, say, language)]


def _groups(found: Groups, say: Say, language: str) -> Lines:
    lines = [say("line.group", type=_type(code, say, language), n=n) for code, n in found.shown.items()]
    types = _named(found.merged, say, language)
    if found.merged and found.merged_n is None:
        lines.append(say("line.merged_hidden", types=types))
    elif found.merged:
        lines.append(say("line.merged", types=types, n=found.merged_n))
    return lines


def _named(codes: Iterable[str], say: Say, language: str) -> str:
    return say("separator").join(_type(code, say, language) for code in codes)


def _follow_up(result: SurveyResult, say: Say) -> Lines:
    asked = result.follow_up
    if asked is None:
        return []
    if asked.responded is None:
        return [say("line.follow_up_hidden", invited=asked.invited)]
    acted = say("line.unknown") if asked.acted is None else asked.acted
    shares = {"response": _percent(asked.response, say), "action": _percent(asked.action, say)}
    return [say("line.follow_up", invited=asked.invited, responded=asked.responded, acted=acted, **shares)]


def _question(item: str, result: SurveyResult, say: Say, language: str) -> str:
    return say("line.item", id=item, question=result.questionnaire.items[item].name(language))


def _type(code: str, say: Say, language: str) -> str:
    if code == UNTYPED:
        return say("line.no_type")
    return group_name(code, language)


def _percent(share: float | None, say: Say) -> str:
    return say("line.unknown") if share is None else say("percent", number=f"{100 * share:.1f}")


def _plain(number: float) -> str:
    return f"{round(number, 3):g}"


def _signed(number: float) -> str:
    return f"{round(number, 3):+g}"
