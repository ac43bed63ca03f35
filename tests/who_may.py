"""Who may do what: one table of every verb, route, stream and page against every kind of device.

`docs/security.md` shows it; `python -m tests.who_may` writes it there anew after a row was added or changed here.
"""

import sys
from pathlib import Path

DEVICES = {
    "guest": ("まだ参加していない端末", "a device that has not joined"),
    "seat": ("席のある端末（自分の班のこと）", "a seat, about its own group"),
    "other_group": ("別の班の席", "a seat of another group, about this one"),
    "elsewhere": ("別の会の席", "a seat of another conference"),
    "adviser": ("助言者", "an adviser"),
    "other_adviser": ("別の会の助言者", "an adviser of another conference"),
    "wall": ("投影だけの端末", "a device that only projects"),
    "facilitator": ("司会", "a facilitator"),
    "other_facilitator": ("別の会の司会", "a facilitator of another conference"),
    "organiser": ("主催者", "an organiser"),
}
"""Kinds of devices, by what their signed cookie holds."""

NOBODY: frozenset[str] = frozenset()
ALL = frozenset(DEVICES)
SEAT = frozenset({"seat"})
LEAD = frozenset({"facilitator", "organiser"})
ORGANISER = frozenset({"organiser"})
ADVICE = LEAD | {"adviser"}

VERBS = {
    "commands.open_conference": ORGANISER,
    "commands.set_types": LEAD,
    "commands.set_groups": LEAD,
    "commands.set_venue": LEAD,
    "commands.take_seat": ALL,
    "commands.move_seat": LEAD | SEAT,
    "commands.accept_rules": SEAT,
    "commands.set_table": SEAT,
    "commands.write_line": SEAT,
    "commands.open_step": LEAD,
    "commands.pause_timer": LEAD,
    "commands.resume_timer": LEAD,
    "commands.add_minute": LEAD,
    "commands.show_on_projector": LEAD,
    "commands.set_ready": SEAT,
    "commands.end_conference": LEAD,
    "cards.write_card": SEAT,
    "cards.withdraw_card": SEAT,
    "cards.hide_card": LEAD,
    "cards.correct_card": LEAD,
    "care.name_adviser": LEAD,
    "care.tell_notice": LEAD,
    "sharing.state_role": SEAT,
    "sharing.make_pick": SEAT,
    "sharing.give_heart": SEAT,
    "sharing.heart_to_card": SEAT,
    "sharing.write_next_step": SEAT,
    "sharing.review_map": SEAT,
    "sharing.write_hint": LEAD,
    "advice.star": ADVICE,
    "advice.comment": ADVICE,
    "checked.keep_words": SEAT,
    "checked.release_words": LEAD,
    "fill.fill": ORGANISER,
    "holding.hold_words": LEAD,
    "holding.erase": ORGANISER,
    "deleting.delete_conference": ORGANISER,
    "deleting.take_back": ORGANISER,
    "keyring.change_password": ORGANISER,
    "survey_commands.open_survey": LEAD,
    "survey_commands.link_survey": LEAD,
    "survey_commands.erase_title": ORGANISER,
    "survey_commands.set_types": LEAD,
    "survey_commands.set_expected": LEAD,
    "survey_commands.open_form": LEAD,
    "survey_commands.close_form": LEAD,
    "survey_commands.follow_timetable": LEAD,
    "survey_commands.release_results": LEAD,
    "survey_commands.draw_codes": LEAD,
    "survey_commands.give_code": ALL,
    "survey_commands.bring_code": ALL,
    "survey_commands.change_items": LEAD,
    "survey_answering.answer": ALL,
    "survey_answering.read_in": LEAD,
    "survey_texts.decide_text": ORGANISER,
    "survey_texts.reconsider_text": ORGANISER,
    "survey_texts.erase_text": ORGANISER,
}
"""Verb → who may carry it out. A seat of another group is tried on what is this group's."""

KEY = "key"
"""A door: whoever brings the right key or code comes in, nobody else."""

ROUTES = {
    "GET /healthz": ALL,
    "GET /readyz": ALL,
    "GET /metrics": NOBODY,
    "GET /join/{code}": KEY,
    "GET /seated": ALL,
    "GET /seat/{token}": KEY,
    "GET /enter/{key}": KEY,
    "GET /lead/{log}/{key}": KEY,
    "GET /advise/{log}/{code}": KEY,
    "GET /adviser/{ticket}": frozenset({"adviser"}),
    "GET /leave": ALL,
    "GET /lang/{language}": ALL,
    "POST /do": ADVICE | SEAT,
    "GET /contacts/{log}": LEAD | SEAT | {"other_group"},
    "GET /parts/{log}/{view}": LEAD | SEAT,
    "GET /record/{log}": LEAD,
    "GET /paper/{log}": LEAD,
    "GET /keys/{log}": LEAD,
    "GET /audit-sheet/{log}": ORGANISER,
    "POST /archive/{log}": ORGANISER,
    "POST /bring/{what}": ORGANISER,
    "GET /survey-paper/{log}": LEAD,
    "GET /survey-cards/{log}": LEAD,
    "GET /s/{code}": KEY,
    "GET /s/{code}/now": KEY,
    "POST /s/{code}/{what}": KEY,
    "GET /assets": ALL,
}
"""Route → who gets what it is for. What `POST /do` takes from whom is the table of verbs."""

STREAMS = {
    "/live/{log}/lead": ADVICE,
    "/live/{log}/projector": LEAD | {"wall"},
    "/live/{log}/group-1": LEAD | SEAT,
    "/live/{log}/contacts": LEAD | SEAT | {"other_group"},
    "/live/{survey}/lead": LEAD | {"wall"},
    "/live/check/devices": ALL,
}
"""Change stream → who may listen."""

PAGES = {
    "welcome": ALL,
    "hello": ALL,
    "tablet": SEAT | {"other_group", "elsewhere"},
    "open": ORGANISER,
    "facilitate": LEAD,
    "projector": LEAD | {"wall"},
    "map": LEAD,
    "advise": ADVICE,
    "check": LEAD | {"other_facilitator"},
    "password": ORGANISER,
    "audit": ORGANISER,
    "year": ORGANISER,
    "keeping": ORGANISER,
    "results": LEAD,
    "survey": LEAD,
    "along": ORGANISER,
    "bring": ORGANISER,
}
"""Page → who sees it; all others are told that it was not found. A tablet's page is that of its own seat."""

DOCUMENT = Path(__file__).parents[1] / "docs" / "security.md"
BEGIN, END = "<!-- who may: begin -->", "<!-- who may: end -->"


def table() -> str:
    """All of it as Markdown."""
    heads = [f"{n}" for n in range(1, len(DEVICES) + 1)]
    legend = [f"{n}. {ja} — {en}" for n, (ja, en) in enumerate(DEVICES.values(), 1)]
    found = [*legend]
    for title, rows in (
        ("命令 / verbs", VERBS),
        ("入り口と受け取り / routes and downloads", ROUTES),
        ("変化の知らせ / change streams", STREAMS),
        ("画面 / pages", PAGES),
    ):
        found += ["", f"| {title} | {' | '.join(heads)} |", "|---|" + ":-:|" * len(heads)]
        found += [f"| `{name}` | {' | '.join(_marks(allowed))} |" for name, allowed in rows.items()]
    return "\n".join(found)


def _marks(allowed) -> list[str]:
    return ["鍵" if allowed == KEY else "✓" if device in allowed else "–" for device in DEVICES]


def written() -> str:
    """The table as it stands in the document."""
    return DOCUMENT.read_text("utf-8").partition(BEGIN)[2].partition(END)[0].strip()


def main() -> None:
    """Put the table into the document."""
    before, _, rest = DOCUMENT.read_text("utf-8").partition(BEGIN)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", "utf-8")
    print(DOCUMENT, file=sys.stderr)


if __name__ == "__main__":
    main()
