"""The house of one server process: its store, the writer, the cases, the clock and the secret that signs cookies.

Made once (`open_house`) and handed to whoever needs it (`house()`); tests put a house over a memory store in its place.
"""

import asyncio
import logging
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from facilitation import keyring, kinds, passwords, registry
from facilitation.access import Refused, Who
from facilitation.audience import EVERYONE, news
from facilitation.calendar import now
from facilitation.checked import marked
from facilitation.code import letters
from facilitation.conference import Conference
from facilitation.entries import erases
from facilitation.fold import fold
from facilitation.keyring import LOG, Keyring
from facilitation.legible import legible
from facilitation.personal_data import fiction
from facilitation.scenario import Case, library
from facilitation.screen.catalogue import Catalogue
from facilitation.screen.grants import held
from facilitation.screen.hub import Hub
from facilitation.screen.server import counted
from facilitation.screen.shared import let_go
from facilitation.screen.survey_house import TURNS, Surveys
from facilitation.screen.tokens import DAY, Tokens
from facilitation.screen.watch import Watch
from facilitation.store import DamagedStore, Store, StoreError, UnreadableLog
from facilitation.store.copying import Copier
from facilitation.store.folder import FolderLock
from facilitation.store.opening import copies_in, data_folder, is_postgres, open_store
from facilitation.store.reader import Reader
from facilitation.store.sqlite import SQLiteStore
from facilitation.store.tries import Tries
from facilitation.store.writer import Command, Receipt, Writer
from facilitation.summary import Summary
from facilitation.survey_commands import link_survey
from facilitation.survey_round import PREFIX as SURVEY

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "pages"
NOTES = 100
"""So many notes back the house looks for what the time is at least: some evenings."""
CAUGHT_UP = 7
"""Days: of conferences that ended longer ago nothing can be left to do from the last time this house was closed."""
Found = TypeVar("Found")


@dataclass
class House:
    """What the pages and routes of one process share."""

    store: Store
    cases: Mapping[str, Mapping[str, Case]]
    hub: Hub = field(default_factory=Hub)
    new_password: str = ""
    lock: FolderLock | None = None
    copier: Copier | None = None
    damage: DamagedStore | None = None
    start_key: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    _seen: dict[tuple[str, int], float] = field(default_factory=dict)
    _fiction: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.surveys = Surveys(self.store, self.hub)
        hear = [self._let_go, self._start_clocks, self._publish, self._copy]
        self.writer: Writer[Conference] = Writer(
            self.store, now, legible(fold), [*hear, self._follow], hear, [self.hub.first]
        )
        self.keeper: Writer[Keyring] = Writer(self.store, now, legible(keyring.fold))
        self._first_start()
        self._tokens = Tokens(self.keyring.secret)
        self.tries = Tries(self.store)
        self.catalogue = Catalogue(self.store, self.writer.known)
        self.watch = Watch(self.store, self._watched, self.look)

    # --- conferences -------------------------------------------------------------------------------------------

    def conference(self, log: str) -> Conference:
        """The conference as it stands now; one that was never opened is empty (`opened` False)."""
        return self.writer.state(log)

    def readable(self, log: str) -> Conference | None:
        """The same for whoever can do without: None for a log that cannot be read, or where none is named."""
        with suppress(UnreadableLog):
            return self.conference(log) if log else None
        return None

    def unreadable(self) -> list[str]:
        """The logs that stand in no list because they cannot be read, as far as they were looked at."""
        return [*self.catalogue.unreadable(), *self.surveys.unreadable()]

    def conferences(self) -> list[Summary]:
        """The conferences that were not deleted, in short, the newest first, as far as they were counted."""
        return [found for found in self.catalogue.so_far()[0] if not found.deleted]

    def uncounted(self) -> int:
        """How many logs are in no list yet: none, but for a while after an update, or where many came at once."""
        return self.catalogue.missing() + self.surveys.missing()

    def deleted(self) -> list[Conference]:
        """Those on their way out (`deleting`), the newest first, as far as they were counted."""
        there = (self.readable(found.id) for found in self.catalogue.so_far()[0] if found.deleted)
        return [conference for conference in there if conference]

    def latest(self) -> str:
        """The latest time among the last notes of the house. Among the last alone: a clock that was ahead once must
        not count for ever."""
        notes = self.store.entries(LOG, max(0, self.store.revision(LOG) - NOTES))
        return max((note.at for note in notes), default="")

    def find(self, code: str) -> Conference | None:
        """The conference of a join code; its log's name ends with the code. Of several the one that runs, whatever was
        brought here under its code."""
        named = (self._there(log) for log in self.catalogue.find(code))
        return max(
            (each for each in named if each and each.code == letters(code)),
            key=lambda each: not each.ended,
            default=None,
        )

    def find_advised(self, code: str) -> Conference | None:
        """The conference of an adviser's code, while it runs."""
        return self._there(self.catalogue.advised(code))

    def _there(self, log: str | None) -> Conference | None:
        conference = self.conference(log) if log else None
        return conference if conference and conference.opened else None

    def find_led(self, code: str) -> Conference | None:
        """The conference whose facilitators' key this long code stands for."""
        return self._there(self.catalogue.led(code))

    def new_log(self, date: str) -> tuple[str, str]:
        """A log name and join code nobody has used, not even for a conference that was erased."""
        return registry.new_log({*self.store.logs(), *self.store.forgotten()}, date)

    def send(self, log: str, verb: Any, /, *args: Any, **fields: Any) -> Receipt:
        """Carry out a command (`commands.*`, `cards.*`): acknowledged only after the commit, or `Refused`. Its fields
        are of the kinds it asks for, wherever they come from."""
        with self._whole():
            return self.writer.send(log, self._command(verb, *args, **fields), key=fields.get("key", ""))

    async def post(self, log: str, verb: Any, /, *args: Any, **fields: Any) -> Receipt:
        """The same for the event loop: sixty devices that send at once wait for their commit without a thread each."""
        with self._whole():
            posted = self.writer.post(log, self._command(verb, *args, **fields), key=fields.get("key", ""))
            return await asyncio.wrap_future(posted)

    def _command(self, verb: Any, /, *args: Any, **fields: Any) -> Command[Conference]:
        kinds.check(verb, fields)
        return lambda now: marked(verb(now, *args, **fields), self.fiction(now.case))

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Once the store was found damaged nothing more is written to it."""
        if self.damage:
            raise self.damage
        try:
            yield
        except DamagedStore as damage:
            self.damage = damage
            raise

    def fiction(self, case: str) -> frozenset[str]:
        """What the case calls its people and places, in every language: nobody's data."""
        if case not in self._fiction:
            texts = [text for told in self.cases.get(case, {}).values() for text in told.texts()]
            self._fiction[case] = fiction(texts)
        return self._fiction[case]

    def give_survey(self, conference: Conference, who: Who, title: str) -> None:
        """Open a survey for a conference that has none, and let the conference keep which."""
        if not conference.survey:
            log = self.surveys.open_for(conference, who, title)
            self.send(conference.id, link_survey, who, survey=log)

    def catch_up(self, end: Event | None = None) -> None:
        """At the start: count what is in no list yet, and let surveys follow what a crash kept from them; `end` breaks
        it off, and the next start goes on with it."""
        end = end or Event()
        self.catalogue.catch_up(end)
        self.surveys.catch_up(end)
        if self.store.read_only:
            return
        since = (date.today() - timedelta(days=CAUGHT_UP)).isoformat()
        for found in self.conferences():
            new = found.survey and (not found.ended or found.date >= since) and not end.is_set()
            if new and (conference := self.readable(found.id)):
                self.surveys.follow(conference)

    def case(self, conference: Conference | Summary, language: str) -> Case:
        """The case a conference plays, in the visitor's language."""
        try:
            case = self.cases[conference.case][language]
        except KeyError:
            raise Refused("case.gone", case=conference.case) from None
        if isinstance(conference, Conference) and not case.fits(conference.variant, conference.steps):
            raise Refused("case.other", case=conference.case)
        return case

    def spent(self, conference: Conference) -> float:
        """Seconds gone on the open step's clock. Counted from when this process first saw the clock's entry, so that
        a wall clock that jumps does not move it (F13); after a restart the entry's time has to do."""
        timer = conference.timer
        if not timer.running:
            return timer.spent
        mark = (conference.id, timer.revision)
        if mark not in self._seen:
            gone = (datetime.now(UTC) - datetime.fromisoformat(timer.at).replace(tzinfo=UTC)).total_seconds()
            self._seen[mark] = time.monotonic() - min(max(gone, 0.0), DAY)
        return timer.spent + time.monotonic() - self._seen[mark]

    def _let_go(self, log: str, entries: Any) -> None:
        """Before anybody draws again: what was worked out from words that are gone."""
        if erases(entries):
            let_go(log)

    def _publish(self, log: str, entries: Any) -> None:
        """Tell those who see something of it; everybody, where that cannot be worked out."""
        views = {EVERYONE: entries[-1].revision}
        try:
            views = news(entries, self.writer.state(log))
        finally:
            self.hub.publish(log, views)

    def _start_clocks(self, log: str, entries: Any) -> None:
        for entry in entries:
            if entry.kind in ("step_opened", "timer_set"):
                self._seen.setdefault((log, entry.revision), time.monotonic())

    def _copy(self, log: str, entries: Any) -> None:
        ended = any(entry.kind == "conference_ended" for entry in entries)
        if self.copier and ended and self.writer.state(log).ended:
            self.copier.soon("end")

    def _follow(self, log: str, entries: Any) -> None:
        if any(entry.kind in TURNS for entry in entries):
            self.surveys.follow(self.conference(log))

    def look(self, log: str) -> None:
        """Read what others wrote into a log, and tell those who listen here."""
        reader: Reader[Any] = self.surveys.writer if log.startswith(SURVEY) else self.writer
        (self.keeper if log == LOG else reader).look(log)

    def _watched(self) -> list[str]:
        """The logs to look at: those that somebody listens to, and the keys (`keys_at_hand`)."""
        return [LOG, *self.hub.logs()]

    # --- keys --------------------------------------------------------------------------------------------------

    def moment(self) -> float:
        """Now, in seconds, by the clock that tells how old a token is."""
        return self._tokens.clock()

    def sign(self, what: Mapping[str, Any]) -> str:
        """A token only this house can have made."""
        return self._tokens.sign(what)

    def signed(self, token: str, max_age: int = DAY) -> dict[str, Any]:
        """What a token says; empty if it is not ours or too old."""
        return self._tokens.read(token, max_age)[0]

    @property
    def keyring(self) -> Keyring:
        """The keys as they stand in the store now."""
        return self.keeper.state(LOG)

    @property
    def keys_at_hand(self) -> Keyring:
        """The same for the event loop, which never waits for the store: as they were read last. What this server wrote
        itself is in them at once; what others wrote as soon as the watch has looked."""
        return self.keeper.known(LOG) or self.keyring

    def allowed(self, cookie: str, keys: Keyring | None = None) -> dict[str, Any]:
        """What a device's cookie allows: nothing once the device signed out, and each thing for a day. An organiser's
        grant ends with the password it was given under."""
        granted, signed = self._tokens.read(cookie)
        keys = keys or self.keyring
        if granted.get("device") in keys.left:
            return {}
        if granted.get("organiser") != keys.turn:
            granted.pop("organiser", None)
        return held(granted, signed, self.moment())

    def carry(self, log: str, seat: str, device: str) -> str:
        """The token by which a device without cookies shows a seat of its own; it goes when the device leaves."""
        return self.sign({"carry": [log, seat], "device": device})

    def carried(self, token: str, keys: Keyring | None = None) -> list[str] | None:
        """The (conference, seat) of such a token."""
        said = self.signed(token) if token else {}
        return said.get("carry") if said.get("device") not in (keys or self.keyring).left else None

    def password_is(self, password: str, device: str = "") -> bool:
        """Whether this is the organisers' password. Raises `Refused` where too many wrong ones came before."""
        kept = self.keyring.password
        right = bool(self.listen("password", device, lambda: passwords.fits(password, kept) or None))
        if not right:
            self.refused("password")
        return right

    def listen(self, what: str, device: str, look: Callable[[], Found | None]) -> Found | None:
        """What `look` finds, within the limits of the door; that they were reached is noted once a minute."""
        try:
            return self.tries.listen(what, device, look)
        except Refused:
            self.note(keyring.HOUSE, "limit_reached", key=f"{what} {now()[:16]}", what=what)
            raise

    def refused(self, how: str) -> None:
        """Note that somebody was refused who came with a key of those who lead: once in ten minutes for each way."""
        self.note("guest", "sign_in_refused", key=f"refused {how} {now()[:15]}", how=how)

    def set_password(self, password: str) -> None:
        """Change the organisers' password: every organiser's device has to sign in again."""
        new = passwords.hashed(password)
        self.keeper.send(
            LOG, lambda now: keyring.change_password(now, Who("organiser"), password=new), kind=keyring.KIND
        )

    def note(self, author: str, kind: str, *, key: str = "", **about: Any) -> None:
        """Keep a note of what happened. It never stands in the way: a store that takes no writing is said elsewhere."""
        if self.store.read_only or self.damage:
            return
        try:
            self.keeper.send(
                LOG, lambda now: keyring.note(now, author, kind, key=key, **about), kind=keyring.KIND, key=key
            )
        except StoreError:
            logging.getLogger(__name__).exception("a note of the house was not written")

    def _first_start(self) -> None:
        """At the very first start a random password, to be printed once, and the secret that signs."""
        if self.keyring.secret:
            return
        password = passwords.random_password()
        keys = {"secret": passwords.random_secret(), "password": passwords.hashed(password)}
        receipt = self.keeper.send(LOG, lambda now: keyring.first_start(now, **keys), kind=keyring.KIND)
        self.new_password = password if receipt.fresh else ""


@cache
def open_house() -> House:
    """The house over the store that the environment names (DATABASE_URL, DATA_DIR)."""
    data, url = data_folder(), os.environ.get("DATABASE_URL")
    lock = None if is_postgres(url) else FolderLock(data)
    try:
        store = open_store(url, data)
        return House(counted(store), library(ROOT / "scenarios"), lock=lock, copier=_copier(store, data))
    except BaseException:
        if lock:
            lock.release()  # it is tried again, by this process or another
        raise


def _copier(store: Store, folder: Path) -> Copier | None:
    """Who makes copies by themselves: of a file that is written to. A database server has its own way."""
    if isinstance(store, SQLiteStore) and not store.read_only:
        return Copier(store, folder, copies_in(folder))
    return None


_instead: list[House] = []


def house() -> House:
    """The house of this process."""
    return _instead[-1] if _instead else open_house()


def stand_in(other: House | None) -> None:
    """Put another house in place (tests); None takes it away again."""
    _instead[:] = [other] if other else []
