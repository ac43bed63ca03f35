"""A conference as the desk opens it, written beside the running server, as the command line does. That it can be opened
by hand is shown where an evening is played whole; everywhere else it would only take its time."""

from datetime import date

from facilitation import agenda, registry
from facilitation.access import Who
from facilitation.calendar import now
from facilitation.commands import open_conference, open_step
from facilitation.conference import KIND
from facilitation.fold import fold
from facilitation.scenario import Case
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.writer import Writer
from tests.browser.house import Server

VARIANT = "120min"


def in_the_first_scene(
    server: Server, case: Case, types: tuple[str, ...], groups: int = 3, variant: str = VARIANT
) -> str:
    """The log of a conference around `case` with its first scene open."""
    store = SQLiteStore(server.folder / "data" / "conferences.db")
    try:
        writer = Writer(store, now, fold)
        log, code = registry.new_log({*store.logs(KIND), *store.forgotten()}, date.today().isoformat())
        steps = agenda.plan(variant, [(scene.n, scene.minutes) for scene in case.played(variant)], None)
        writer.send(
            log,
            lambda empty: open_conference(
                empty, Who("organiser"), code=code, case=case.id, case_version=str(case.version), variant=variant,
                steps=steps, groups=groups, types=types, title=case.title, date=log[:10],
            ),
            kind=KIND,
        )  # fmt: skip
        scene = next(at for at, step in enumerate(steps) if step.scene)
        writer.send(log, lambda opened: open_step(opened, Who("facilitator"), step=scene, base=opened.step_revision))
    finally:
        store.close()
    return log
