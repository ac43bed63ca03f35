"""What makes it hard, what would help and what that would open, and the questions for next time (C7)."""

from collections.abc import Iterable

from facilitation.agencies import AGENCIES
from facilitation.barriers import Barrier, Barriers, Help
from facilitation.path import BARRIERS, HELPS, STAGES
from facilitation.screen.dependence_picture import percent
from facilitation.screen.parts import Node, el
from facilitation.statements import Statement
from facilitation.texts import say


def help_sentences(one: Help, language: str) -> list[str]:
    """What a help would change, stage by stage; how often it was named where it would change no stage."""
    name = HELPS[one.help].name(language)
    changes = [
        say(language, "help.opens", help=name, stage=STAGES[stage].short(language), before=before, after=after)
        for stage, (before, after) in one.reach.items()
    ]
    return changes or [say(language, "help.named", help=name, n=one.count)]


def help_picture(helps: Iterable[Help], language: str) -> Node:
    """Each help with its stops: full those that are there, dashed those that would come."""
    return el("ul.helps", [_help(one, language) for one in helps])


def _help(one: Help, language: str) -> Node:
    stops = [_stops(stage, *change, language) for stage, change in one.reach.items()]
    told = [el("p", sentence) for sentence in help_sentences(one, language)]
    return el("li", el("div", told), el("div.reach", stops) if stops else None)


def _stops(stage: str, before: int, after: int, language: str) -> Node:
    dots = [el("i.stop" + ("" if n < before else ".new")) for n in range(after)]
    label = say(language, "help.from_to", before=before, after=after)
    return el("span.stops", el("b", STAGES[stage].short(language)), " ", el("span", dots, role="img", aria_label=label))


def help_table(helps: Iterable[Help], language: str) -> Node:
    """What each help would open, firm and add."""
    columns = ("help", "unlock", "firm", "uplift", "count")
    names = [el("th", say(language, f"help.{name}"), scope="col") for name in columns]
    rows = [
        el(
            "tr",
            el("th", HELPS[one.help].name(language), scope="row"),
            [el("td", str(n)) for n in (one.unlock, one.firm, one.uplift, one.count)],
        )
        for one in helps
    ]
    caption = el("caption", say(language, "step.helps"))
    return el("table.plain", caption, el("thead", el("tr", names)), el("tbody", rows))


# --- what makes it hard ----------------------------------------------------------------------------------------------


def barrier_picture(view: Barriers, language: str) -> Node | None:
    """A bar per reason: the part with an idea what would help, and the part that is still open."""
    if not view.barriers:
        return None
    most = max(each.count for each in view.barriers)
    return el("ul.bars", [_bar(each, most, language) for each in view.barriers])


def _bar(each: Barrier, most: int, language: str) -> Node:
    with_help = sum(each.helps.values())
    parts = [("with", with_help), ("open", each.count - with_help)]
    bar = [el(f"i.{name}", style=f"width:{100 * n / most:.1f}%") for name, n in parts if n]
    told = say(language, "help.counted", n=each.count, percent=percent(each.share))
    return el("li", el("b", BARRIERS[each.reason].name(language)), el("span.amount", bar), el("span", told))


def barrier_table(view: Barriers, language: str) -> Node | None:
    """Reason x what would help; a hard without a help stands under 「まだ出ていない」."""
    if not view.barriers:
        return None
    helps = [code for code in HELPS if any(code in each.helps for each in view.barriers)]
    columns = [say(language, "help.reason"), *(HELPS[code].name(language) for code in helps)]
    columns += [say(language, "help.none_yet"), say(language, "help.count")]
    rows = [_barrier_row(each, helps, language) for each in view.barriers]
    head = el("tr", [el("th", name, scope="col") for name in columns])
    caption = el("caption", say(language, "help.barriers"))
    return el("table.plain", caption, el("thead", head), el("tbody", rows))


def _barrier_row(each: Barrier, helps: list[str], language: str) -> Node:
    found = [each.helps.get(code, 0) for code in helps]
    counted = say(language, "help.counted", n=each.count, percent=percent(each.share))
    cells = [str(n) if n else "" for n in (*found, each.count - sum(found))]
    name = el("th", BARRIERS[each.reason].name(language), scope="row")
    return el("tr", name, [el("td", cell) for cell in (*cells, counted)])


def questions(open_questions: Iterable[Statement], language: str) -> Node | None:
    """Each hard without an idea yet, as a question."""
    asked = [el("li", question(each, language)) for each in open_questions]
    return el("ul.asked", asked) if asked else None


def question(each: Statement, language: str) -> str:
    """「保健所・希望の確認・待つ：時間・業務の忙しさ。どんなことがあれば？」"""
    reason = BARRIERS[each.reason].name(language) if each.reason else say(language, "help.no_reason")
    ends = {"type": AGENCIES[each.type].short(language), "stage": STAGES[each.stage].short(language)}
    return say(language, "help.question", reason=reason, **ends)
