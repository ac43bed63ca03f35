"""What a tablet shows, in the order people need it: first what to do now, then what the table did, then the rest."""

from facilitation import checked, checking
from facilitation.screen.parts import el, picture
from facilitation.screen.table import Table
from facilitation.screen.table_contacts import contacts
from facilitation.screen.table_lines import line_form
from facilitation.screen.table_parts import card_form, own_map, told
from facilitation.screen.table_roles import roles
from facilitation.screen.table_setup import changes, choose_group, header, people, rules
from facilitation.screen.table_sharing import hearts, next_steps, picks, review
from facilitation.screen.table_survey import last_step

BEFORE_THE_CASE = ("reception", "aims", "rules", "introductions", "cast")
AT_THE_END = ("advisers", "lecture", "survey", "closing")


def tablet(table: Table) -> None:
    """Group, ground rules, who sits here; then the work."""
    conference = table.conference
    picture(header(table), key="header")
    if not table.group:
        choose_group(table)
    elif table.group not in conference.rules and not conference.ended:
        rules(table)
    elif not conference.types_at(table.group) and not conference.ended:
        picture(el("h1.ask", table.say("tablet.table")), key="ask-people")
        people(table)
    else:
        _work(table)


def _work(table: Table) -> None:
    conference, kind = table.conference, table.conference.here.kind
    if conference.ended:
        picture(el("p.empty", table.say("tablet.ended")), key="ended")
    elif kind == "introductions":
        line_form(table)
    told(table)
    _beside_the_cards(table, kind)
    card_form(table)
    own_map(table)
    if not conference.ended:
        _still_asked(table, kind)
    contacts(table)
    if not conference.ended:
        changes(table)


def _beside_the_cards(table: Table, kind: str) -> None:
    """What the step of the timetable asks of the table, above its cards."""
    if table.conference.ended:
        return
    if kind in BEFORE_THE_CASE or not table.conference.scenes:
        roles(table)
    elif kind == "table_check":
        picks(table)
    elif kind == "sharing":
        hearts(table)
        review(table)
    elif kind in AT_THE_END:
        last_step(table)


def _still_asked(table: Table, kind: str) -> None:
    """The forms of words that wait for this table's answer (`checked`), after their step is over as well; below the
    cards, so that nothing moves under a hand that writes."""
    found = [each.about for each in checking.waiting(table.conference) if not each.check.kept]
    asked = {about.partition(":")[0] for about in found if checked.group_of(table.conference, about) == table.group}
    if "line" in asked and kind != "introductions":
        line_form(table)
    if "note" in asked and kind != "sharing":
        review(table)
    if "step" in asked and kind not in AT_THE_END:
        next_steps(table)
