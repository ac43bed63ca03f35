"""On the desk: the words that wait to be checked, with what may name somebody, and one tap that releases them."""

from facilitation import checked, checking
from facilitation.screen.boxes import found_words
from facilitation.screen.desk import Desk
from facilitation.screen.parts import Node, el, picture


def waiting(desk: Desk) -> None:
    """Nothing where nothing waits."""
    found = checking.waiting(desk.conference)
    if not found:
        return
    rows = [_row(desk, each) for each in found]
    head = el("summary", el("b", desk.say("checking.title", n=len(found))))
    tree = el("details.card.to-check", head, el("p.muted", desk.say("checking.how")), rows, open=True, data_key="check")
    pressed = picture(tree, key="waiting")
    if pressed:
        desk.do(checked.release_words, about=pressed[0], base=pressed[1])


def _row(desk: Desk, each: checking.Waiting) -> Node:
    say = desk.say
    kind = each.about.partition(":")[0]
    group = checked.group_of(desk.conference, each.about)
    whose = say("checking.from_group", n=group) if group else say("checking.from_adviser")
    may_go = each.check.kept or desk.conference.ended
    fiction = desk.visitor.house.fiction(desk.conference.case)
    why = found_words(each.check, each.texts, fiction, desk.visitor.language)
    release = el("button.small", say("checking.release"), act=[each.about, each.check.revision], type="button")
    state = say("checking.ready" if each.check.kept else "checking.asked")
    return el(
        "div.card-row",
        el(
            "div.statement",
            el("p.muted", f"{whose} · {say(f'checking.place.{kind}')} · ", el("b.why", why)),
            [el("p", text) for text in each.texts],
        ),
        el("div.acts", el("p.muted", state), release if may_go else None),
        data_key=each.about,
    )
