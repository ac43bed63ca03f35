"""A page of the app without a browser: Streamlit's own messages over its own socket.

What a browser keeps is kept here: elements by their place and the fragment that drew them, and large messages by their
hash, so that the server may answer with the hash alone (both as in Streamlit's front end).
"""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.BidiComponent_pb2 import BidiComponent
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

STREAM = ["streamlit", "PLACEHOLDER_AUTH_TOKEN"]
OLDEST = 2
"""Runs a large message is kept without being asked for (`global.maxCachedMessageAge`)."""


@dataclass(slots=True)
class Drawn:
    """An element in its place: which fragment drew it, in which run of this page."""

    element: Element
    fragment: str
    run: int


@dataclass(slots=True)
class Large:
    """A message the server may refer to by its hash."""

    message: ForwardMsg
    fragment: str
    run: int


class Page:
    """One open page. `on_drawn()` is called whenever a run is through and everything of it is here."""

    def __init__(self, base: str, name: str, query: str, cookie: str, on_drawn: Callable[[], None]) -> None:
        self._base, self._name, self._query, self._cookie = base, name, query, cookie
        self.address = f"{base}/{name}?{query}"
        self._on_drawn = on_drawn
        self._elements: dict[tuple[int, ...], Drawn] = {}
        self._large: dict[str, Large] = {}
        self._page = ""
        self._runs = 0
        self._fragments: Sequence[str] = ()
        self._through = asyncio.Event()
        self.running = False
        self.received = 0
        """Bytes that came over the socket."""
        self.at = 0.0
        """When the last run was through."""

    async def open(self) -> None:
        """Connect, and wait until the page has run for the first time."""
        address = f"{self._base.replace('http', 'ws', 1)}/_stcore/stream"
        headers = {"Cookie": self._cookie}
        self._socket = await websockets.connect(
            address, subprotocols=STREAM, origin=self._base, additional_headers=headers, proxy=None, max_size=None
        )
        self._reading = asyncio.create_task(self._read())
        self._asked("")
        await self._send([], "")
        await self.through()

    async def close(self) -> None:
        self._reading.cancel()
        await self._socket.close()

    async def through(self) -> None:
        """Until the run that was asked for is through."""
        await asyncio.wait_for(self._through.wait(), 60)

    async def trigger(self, component: str, event: str, value: Any, *, wait: bool = False) -> None:
        """Let a component of ours fire, as `setTriggerValue` does; its fragment runs."""
        found = self.component(component)
        state = WidgetState(id=f"$$STREAMLIT_INTERNAL_KEY_{found.element.bidi_component.id}__events")
        state.json_trigger_value = json.dumps([{"event": event, "value": value}])
        await self._run(state, found.fragment, wait)

    async def press(self, key: str) -> None:
        """Press one of Streamlit's buttons and wait for what it does."""
        found = self._widget("button", key)
        await self._run(WidgetState(id=found.element.button.id, trigger_value=True), found.fragment, True)

    async def type(self, key: str, text: str) -> None:
        """Type into a text field, leave it, and wait for what that does."""
        found = self._widget("text_input", key)
        await self._run(WidgetState(id=found.element.text_input.id, string_value=text), found.fragment, True)

    async def choose(self, key: str, place: int) -> None:
        """Take the `place`-th of a row of choices and wait for what that does."""
        found = self._widget("button_group", key)
        group = found.element.button_group
        state = WidgetState(id=group.id)
        state.string_array_value.data.append(group.options[place].content)
        await self._run(state, found.fragment, True)

    def _widget(self, type_: str, key: str) -> Drawn:
        """Streamlit's widget of a type whose key begins with `key`."""
        for drawn in self._elements.values():
            element = drawn.element
            if element.WhichOneof("type") == type_ and named(getattr(element, type_).id).startswith(key):
                return drawn
        raise LookupError(key)

    def component(self, key: str) -> Drawn:
        """Our component whose key begins with `key`."""
        for drawn in self._elements.values():
            if drawn.element.WhichOneof("type") == "bidi_component":
                component: BidiComponent = drawn.element.bidi_component
                if named(component.id).startswith(key):
                    return drawn
        raise LookupError(key)

    def keys(self) -> list[str]:
        """The keys of all components of ours that stand on the page."""
        elements = [drawn.element for drawn in self._elements.values()]
        return [named(each.bidi_component.id) for each in elements if each.WhichOneof("type") == "bidi_component"]

    def data(self, key: str) -> Any:
        """What a component of ours was last given."""
        return json.loads(self.component(key).element.bidi_component.bytes)

    async def _run(self, state: WidgetState, fragment: str, wait: bool) -> None:
        self._asked(fragment)
        await self._send([state], fragment)
        if wait:
            await self.through()

    def _asked(self, fragment: str) -> None:
        self.running = True
        self._through.clear()

    async def _send(self, states: Sequence[WidgetState], fragment: str) -> None:
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.fragment_id, rerun.page_script_hash = self._query, fragment, self._page
        rerun.page_name = "" if self._page else self._name
        rerun.widget_states.widgets.extend(states)
        rerun.cached_message_hashes.extend(self._large)
        rerun.context_info.url = self.address
        await self._socket.send(message.SerializeToString())

    async def _read(self) -> None:
        async for raw in self._socket:
            assert isinstance(raw, bytes)
            self.received += len(raw)
            self._take(ForwardMsg.FromString(raw))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "ref_hash":
            message = self._known(message)
            kind = message.WhichOneof("type")
        elif message.metadata.cacheable:
            self._large[message.hash] = Large(message, message.delta.fragment_id, self._runs)
        if kind == "new_session":
            self._runs += 1
            self.running = True
        elif kind == "navigation":
            self._page = message.navigation.page_script_hash
        elif kind == "delta":
            self._draw(message)
        elif kind == "script_finished":
            self._finished(message.script_finished)

    def _known(self, reference: ForwardMsg) -> ForwardMsg:
        large = self._large[reference.ref_hash]
        large.run = self._runs
        message = ForwardMsg()
        message.CopyFrom(large.message)
        message.metadata.CopyFrom(reference.metadata)
        return message

    def _draw(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") == "new_element":
            place = tuple(message.metadata.delta_path)
            self._elements[place] = Drawn(message.delta.new_element, message.delta.fragment_id, self._runs)

    def _finished(self, status: int) -> None:
        if status == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return
        if status == ForwardMsg.FINISHED_SUCCESSFULLY:
            ran = {drawn.fragment for drawn in self._elements.values()}
        else:
            ran = {drawn.fragment for drawn in self._elements.values() if drawn.run == self._runs}
        self._elements = {
            place: drawn
            for place, drawn in self._elements.items()
            if drawn.run == self._runs or drawn.fragment not in ran
        }
        self._large = {
            name: large
            for name, large in self._large.items()
            if large.fragment not in ran or self._runs - large.run < OLDEST
        }
        self.at, self.running = time.perf_counter(), False
        self._through.set()
        self._on_drawn()


def named(element_id: str) -> str:
    """The key an element was given by the page; its id is `$$ID-<hash>-<key>`."""
    return element_id.split("-", 2)[-1]
