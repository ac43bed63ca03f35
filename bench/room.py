"""A conference with its devices: the wall, the desk, and the tables' tablets, which join, sit down and write."""

import asyncio
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bench.device import Device
from bench.prepared import Opened

WORDS = "家庭訪問のときに様子をたずね、本人が話したくなったときに来られる場所を伝えておくことができます。"


@dataclass(frozen=True, slots=True)
class Sent:
    """One card that was acknowledged: when it left and when the answer was here."""

    card: str
    revision: int
    begun: float
    acknowledged: float
    group: int


class Tablet(Device):
    """A table's tablet."""

    log = seat = ""
    group = 0

    def __init__(self, base: str) -> None:
        super().__init__(base)
        self.sent: list[Sent] = []
        """Every card that was acknowledged."""

    async def join(self, way_in: str) -> float:
        """As the QR leads; the seconds until its page is there and can be used."""
        begun = time.perf_counter()
        await self.open(way_in)
        self.seat = parse_qs(urlsplit(self.page.address).query)["s"][0]
        return time.perf_counter() - begun

    async def sit(self, log: str, group: int) -> None:
        """Choose a group; the table accepts the rules and says who is here."""
        self.log, self.group = log, group
        await self.page.trigger("groups", "act", {"value": ["group", group], "n": 1}, wait=True)
        await self.follows(f"group-{group}")
        await self.do("accept_rules")
        await self.do("set_table", people={"CITY_CHILD": 2, "HC": 2, "MED": 1, "REC": 1})

    async def do(self, verb: str, **fields: object) -> int:
        """One command by `POST /do`; its revision, once it is acknowledged."""
        sent = {"log": self.log, "seat": self.seat, "verb": verb, "fields": fields}
        answer = await self.line.ask("/do", sent)
        assert answer.status == 200, answer.body.decode()
        return int(answer.json()["revision"])

    async def write(self, scene: int, times: int = 1) -> Sent:
        """Send one card; `times`: a double tap sends it twice under its one key."""
        card = secrets.token_hex(12)
        fields = {"scene": scene, "type": "HC", "stage": "S1", "can": f"{card} {WORDS}"}
        begun = time.perf_counter()
        for _ in range(times):
            revision = await self.do("write_card", card=card, base=0, key=card, fields=fields)
        self.sent.append(Sent(card, revision, begun, time.perf_counter(), self.group))
        return self.sent[-1]


class Room:
    """One conference on one server."""

    def __init__(self, base: str, conference: Opened) -> None:
        self.base, self.conference, self.step = base, conference, 0
        self.wall, self.desk = Device(base), Device(base)
        self.tablets: Sequence[Tablet] = ()

    async def open(self, enter: str) -> None:
        """The wall and the desk, before the guests come."""
        for device, page in ((self.desk, "facilitate"), (self.wall, "projector")):
            await device.line.follow(enter)
            await device.open(f"/{page}?c={self.conference.log}")

    async def close(self) -> None:
        await asyncio.gather(*(device.close() for device in (*self.tablets, self.wall, self.desk)))

    async def join(self, tablets: int) -> list[float]:
        """All tablets at once; the seconds each took to its first page."""
        self.tablets = [Tablet(self.base) for _ in range(tablets)]
        return list(await asyncio.gather(*(tablet.join(self.conference.way_in) for tablet in self.tablets)))

    async def sit(self) -> None:
        """At every table one after the other."""

        async def table(group: int) -> None:
            for tablet in self.tablets[group - 1 :: self.conference.groups]:
                await tablet.sit(self.conference.log, group)

        await asyncio.gather(*(table(group) for group in range(1, self.conference.groups + 1)))
        await self.desk.reached(await self.tablets[-1].do("set_table", people={"HC": 3, "MED": 1}))

    async def next_step(self) -> list[float]:
        """The desk opens what comes next; the seconds until each tablet shows it."""
        before, begun = self.desk.drawn[-1], time.perf_counter()
        await self.desk.page.press("next-")
        await self.desk.reached(before + 1)
        self.step += 1
        revision = self.desk.drawn[-1]
        await asyncio.gather(*(device.reached(revision) for device in (self.wall, *self.tablets)))
        return [tablet.first(revision) - begun for tablet in self.tablets]

    async def until(self, kind: str) -> list[float]:
        """On to the next step of a kind; the seconds its opening took to each tablet."""
        while True:
            took = await self.next_step()
            if self.conference.steps[self.step].kind == kind:
                return took
            await asyncio.sleep(0.2)

    async def write(self, senders: Sequence[Tablet], within: float = 0.0, again: int = 0) -> list[Sent]:
        """Each of `senders` sends a card, spread over `within` seconds, every `again`-th of them twice; ends when
        everybody shows them."""
        scene = max(step.scene for step in self.conference.steps[: self.step + 1])

        async def send(n: int, tablet: Tablet) -> Sent:
            await asyncio.sleep(within * n / len(senders))
            return await tablet.write(scene, 2 if again and n % again == 0 else 1)

        sent = list(await asyncio.gather(*(send(n, tablet) for n, tablet in enumerate(senders))))
        for device in (self.wall, self.desk):
            await device.reached(max(card.revision for card in sent))
        for group in {card.group for card in sent}:
            last = max(card.revision for card in sent if card.group == group)
            await asyncio.gather(*(tablet.reached(last) for tablet in self.at_table(group)))
        return sent

    @property
    def sent(self) -> list[Sent]:
        """Every card of the room that was acknowledged, shown by now or not."""
        return [card for tablet in self.tablets for card in tablet.sent]

    def at_table(self, group: int) -> list[Tablet]:
        return [tablet for tablet in self.tablets if tablet.group == group]

    def on_wall(self, card: Sent) -> float:
        """Seconds from the tap until the wall showed a card."""
        return self.wall.first(card.revision) - card.begun

    def everywhere(self, card: Sent) -> float:
        """Seconds from the tap until the last tablet of its table showed a card."""
        return max(tablet.first(card.revision) for tablet in self.at_table(card.group)) - card.begun
