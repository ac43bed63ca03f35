"""Opening a conference in three steps: case and time, groups and agency types, a last look."""

from datetime import date, datetime
from typing import Any

import streamlit as st

from facilitation import agenda, limits
from facilitation.access import Who
from facilitation.agencies import AGENCIES, MOST_TYPES
from facilitation.commands import open_conference
from facilitation.scenario import Case
from facilitation.scenario_check import check_files
from facilitation.screen.house import PAGES, ROOT
from facilitation.screen.opening_care import ask_care
from facilitation.screen.parts import Node, el, notice, picture, plain
from facilitation.screen.region import ask_region
from facilitation.screen.somebody import may_stand, names
from facilitation.screen.visit import Visit, attempt

USUAL = ("CSC", "HC", "CITY_CHILD", "CONSULT", "MED", "SHG", "SHG_FAMILY", "REC", "DEBT")
"""Types ticked to begin with, next to those the case itself names."""

SLOTS = (20, 300)


def opening(visitor: Visit) -> None:
    """The step that is open; what was chosen before is kept in this browser tab until the conference is opened."""
    chosen: dict[str, Any] = st.session_state.setdefault("opening", {"step": 1})
    steps = (_case_and_time, _groups_and_types, _last_look)
    picture(_steps(visitor, chosen["step"]), key="steps")
    steps[chosen["step"] - 1](visitor, chosen)


def _steps(visitor: Visit, at: int) -> Node:
    names = [el("li" + (".on" if n == at else ""), visitor.say(f"open.step{n}")) for n in (1, 2, 3)]
    return el("section.opening", el("h1", visitor.say("open.title")), el("ol.steps", names))


def _case_and_time(visitor: Visit, chosen: dict[str, Any]) -> None:
    cases = _playable(visitor)
    names = list(cases)
    case = st.radio(
        visitor.say("open.case"),
        names,
        format_func=lambda name: plain(cases[name].title),
        captions=[plain(cases[name].type_of_link) for name in names],
        index=_index(names, chosen.get("case")),
    )
    if case is None:
        return
    variants = [v.id for v in cases[case].variants]
    variants.sort(key=list(agenda.VARIANTS).index)
    variant = st.radio(
        visitor.say("open.variant"),
        variants,
        index=_index(variants, chosen.get("variant")),
        format_func=lambda name: f"{visitor.say(f'variant.{name}')}　{_scenes(visitor, cases[case], name)}",
    )
    left, middle, right = st.columns([1, 1, 2])
    usual = sum(step.seconds for step in _plan(cases[case], variant, None)) // 60
    slot = left.number_input(
        visitor.say("open.slot"),
        *SLOTS,
        value=chosen.get(f"slot-{variant}", usual),
        key=f"slot-{variant}",
        help=visitor.say("open.slot_help"),
    )
    day = middle.date_input(visitor.say("open.date"), value=chosen.get("day", date.today()), format="YYYY-MM-DD")
    name = right.text_input(
        visitor.say("open.name"),
        value=chosen.get("title", ""),
        max_chars=limits.NOTE,
        placeholder=visitor.say("open.name_example"),
    )
    region = ask_region(visitor, right, chosen.get("region", ""))
    if st.button(visitor.say("open.next"), type="primary", key="to-2"):
        chosen.update(step=2, case=case, variant=variant, slot=int(slot), day=day, title=name, region=region)
        st.rerun()


def _playable(visitor: Visit) -> dict[str, Case]:
    """The cases to choose from; one to be handled with care, or that cannot be played, is named with the reason."""
    _unplayable(visitor)
    found = {name: texts[visitor.language] for name, texts in visitor.house.cases.items() if visitor.language in texts}
    for case in found.values():
        if case.locked:
            notice(visitor.say("home.locked_case", title=case.title))
    return found


def _unplayable(visitor: Visit) -> None:
    """A case that cannot be played is named, with its first problem, instead of vanishing."""
    for folder in sorted(path for path in (ROOT / "scenarios").iterdir() if path.is_dir()):
        if folder.name not in visitor.house.cases:
            problems = check_files([folder], visitor.language)
            first = f"{problems[0].place}: {problems[0].text(visitor.language)}" if problems else ""
            notice(visitor.say("home.bad_case", case=folder.name, first=first))


def _groups_and_types(visitor: Visit, chosen: dict[str, Any]) -> None:
    case = visitor.house.cases[chosen["case"]][visitor.language]
    groups = st.segmented_control(
        visitor.say("open.groups"),
        range(1, limits.GROUPS + 1),
        default=chosen.get("groups", 3),
        format_func=lambda n: visitor.say("group", n=n),
        required=True,
    )
    likely = dict.fromkeys([person.agency for person in case.cast if person.agency in AGENCIES])
    before = chosen.get("types") or [code for code in AGENCIES if code in (*USUAL, *likely)][:MOST_TYPES]
    types = st.pills(
        visitor.say("open.types"),
        list(AGENCIES),
        selection_mode="multi",
        default=before,
        format_func=lambda code: AGENCIES[code].short(visitor.language),
        help=visitor.say("open.types_help"),
    )
    st.text(visitor.say("open.types_count", n=len(types)))
    if len(types) > MOST_TYPES:
        notice(visitor.say("refused.open.many_types", most=MOST_TYPES))
    back, forth = st.columns([1, 5])
    if back.button(visitor.say("open.back"), key="back-1"):
        chosen.update(step=1, groups=groups, types=types)
        st.rerun()
    if forth.button(visitor.say("open.next"), type="primary", disabled=not 0 < len(types) <= MOST_TYPES, key="to-3"):
        chosen.update(step=3, groups=groups, types=types)
        st.rerun()


def _last_look(visitor: Visit, chosen: dict[str, Any]) -> None:
    case = visitor.house.cases[chosen["case"]][visitor.language]
    steps = _plan(case, chosen["variant"], chosen["slot"])
    picture(_summary(visitor, case, chosen, steps), key="summary")
    chosen["survey"] = st.checkbox(visitor.say("survey_open.with"), chosen.get("survey", True), key="with-survey")
    prepared, pressed = ask_care(visitor, case) if case.locked else (None, False)
    back, forth = st.columns([1, 5])
    if back.button(visitor.say("open.back"), key="back-2"):
        chosen["step"] = 2
        st.rerun()
    if not case.locked:
        pressed = forth.button(visitor.say("open.start"), type="primary", key="start")
    if _named(visitor, case, chosen, pressed, str(prepared["adviser"]) if prepared else ""):
        _start(visitor, case, chosen, steps, prepared)


def _named(visitor: Visit, case: Case, chosen: dict[str, Any], pressed: bool, adviser: str) -> bool:
    """Whether it may be opened under these words; a name in the first step's leads back there."""
    titled = (chosen["title"], chosen["region"])

    def back() -> None:
        if names(visitor, titled, case.id):
            chosen["step"] = 1

    typed = (*titled, adviser)
    return may_stand(
        visitor, "opening", pressed, typed, where="open.everywhere", keep="open.keep", case=case.id, back=back
    )


def _summary(visitor: Visit, case: Case, chosen: dict[str, Any], steps: tuple[agenda.Step, ...]) -> Node:
    types = [
        el(f"span.chip.family-{AGENCIES[code].family}", AGENCIES[code].short(visitor.language))
        for code in chosen["types"]
    ]
    rows = [
        el(
            "li",
            el("span.muted", _from_start(steps, i)),
            " ",
            _step_name(visitor, case, step),
            " ",
            el("span.muted", visitor.say("minutes", m=step.seconds // 60)),
        )
        for i, step in enumerate(steps)
        if step.seconds
    ]
    start = AGENCIES[case.initial_agency].short(visitor.language)
    return el(
        "section.card",
        el("h2", case.title),
        el("p", case.type_of_link),
        el("p.muted", visitor.say("open.people", agency=start)),
        el("p", visitor.say("group", n=f"1–{chosen['groups']}"), "　", types),
        el("h3", visitor.say("open.plan")),
        el("ul.plan", rows),
    )


def _step_name(visitor: Visit, case: Case, step: agenda.Step) -> str:
    return case.scenes[step.scene - 1].title if step.scene else visitor.say(f"step.{step.kind}")


def _from_start(steps: tuple[agenda.Step, ...], index: int) -> str:
    minutes = sum(step.seconds for step in steps[:index]) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"


def _start(
    visitor: Visit,
    case: Case,
    chosen: dict[str, Any],
    steps: tuple[agenda.Step, ...],
    prepared: dict[str, Any] | None,
) -> None:
    day = chosen["day"]
    log, code = visitor.house.new_log((day if isinstance(day, date) else datetime.now()).isoformat()[:10])
    fields = {
        "case": case.id,
        "case_version": str(case.version),
        "variant": chosen["variant"],
        "steps": steps,
        "groups": int(chosen["groups"]),
        "types": chosen["types"],
        "title": chosen["title"],
        "date": log[:10],
        "region": chosen["region"],
        "prepared": prepared,
    }
    if attempt(visitor, lambda: visitor.house.send(log, open_conference, Who("organiser"), code=code, **fields)):
        if chosen["survey"]:
            name = chosen["title"] or case.title
            opened = visitor.house.conference(log)
            attempt(visitor, lambda: visitor.house.give_survey(opened, Who("organiser"), name))
        del st.session_state["opening"]
        st.switch_page(PAGES / "facilitate.py", query_params={"c": log})
    st.rerun()


def _plan(case: Case, variant: str, slot: int | None) -> tuple[agenda.Step, ...]:
    return agenda.plan(variant, [(scene.n, scene.minutes) for scene in case.played(variant)], slot)


def _scenes(visitor: Visit, case: Case, variant: str) -> str:
    return visitor.say("open.scenes", n=len(case.played(variant)))


def _index(values: list[str], chosen: str | None) -> int:
    return values.index(chosen) if chosen in values else 0
