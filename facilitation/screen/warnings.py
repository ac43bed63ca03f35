"""What an organiser should know about the place of the data before it becomes a fault."""

from collections.abc import Iterator
from functools import cache

from facilitation.pinned import Other, others
from facilitation.screen.house import House
from facilitation.store import StoreError
from facilitation.store.opening import data_folder
from facilitation.store.place import LOW, cloud, free, why_not
from facilitation.texts import say


@cache
def different() -> tuple[Other, ...]:
    """The packages of other versions: they do not change while the app runs."""
    return others()


def warnings(here: House, language: str) -> list[str]:
    """Each warning as a sentence; none where all is well."""
    return [*_place(language), *_copies(here, language), *_packages(language)]


def _place(language: str) -> Iterator[str]:
    folder = data_folder()
    if carried := cloud(folder):
        yield say(language, "keeping.cloud", name=carried, folder=folder)
    if (left := free(folder)) < LOW:
        yield say(language, "keeping.low", left=left // 1_000_000, folder=folder)


def _copies(here: House, language: str) -> Iterator[str]:
    if here.copier and here.copier.trouble:
        yield say(language, "keeping.trouble", reason=reason(here.copier.trouble, language))
    if here.copier and here.copier.second_trouble:
        words = reason(here.copier.second_trouble, language)
        yield say(language, "keeping.second_trouble", place=here.copier.plan.second, reason=words)


def _packages(language: str) -> Iterator[str]:
    if found := different():
        none = say(language, "keeping.no_package")
        names = [f"{each.name} {each.found or none} ({each.tested})" for each in found]
        yield say(language, "keeping.packages", packages=", ".join(names))


def reason(trouble: StoreError | OSError, language: str) -> str:
    """Why it did not work, for people."""
    if isinstance(trouble, StoreError):
        return say(language, trouble.key, **trouble.detail)
    return say(language, why_not(trouble), reason=trouble.strerror or trouble)
