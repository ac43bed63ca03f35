"""Visitors without a browser: `AppTest` over the pages, with the trees they draw and a tap on what may be pressed."""

import json
from functools import cache
from pathlib import Path

import streamlit as st
from meeting import LOG
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from facilitation.screen.house import house
from facilitation.screen.tokens import Tokens
from facilitation.screen.visit import COOKIE

PAGES = Path(__file__).parents[1] / "pages"


@cache
def _signed(secret, said):
    return Tokens(secret).sign(json.loads(said))


def _cookies(context):
    """`AppTest` sends no cookies. What a visitor of ours holds stands in its session, under `granted`; the pages are
    shown the cookie that says so, and never look there."""
    held = st.session_state.get("granted")
    return {COOKIE: _signed(house().keys_at_hand.secret, json.dumps(held))} if held else {}


ContextProxy.cookies = property(_cookies)


def holding(app, granted):
    """`app` as a visitor sees it whose cookie says `granted`."""
    app.session_state["granted"] = granted or {}
    return app


class Visitor:
    """Somebody with a page open; `granted` is what a cookie of theirs would say."""

    def __init__(self, page, language="ja", log=LOG, **granted):
        self.app = holding(AppTest.from_file(PAGES / f"{page}.py", default_timeout=30), granted)
        self.app.query_params["c"] = log
        self.app.query_params["lang"] = language
        self.look()

    def look(self):
        """Draw the page as the store stands now."""
        self.app.run()
        assert not self.app.exception, self.app.exception
        return self

    def drawn(self, key):
        """The data of the component `key`; None where the page does not draw it."""
        found = [each.proto for each in self._components() if each.proto.id.endswith(f"-{key}")]
        return json.loads(found[0].bytes) if found else None

    def led_to(self):
        """Where the page leads the browser; None where it lets it stay."""
        found = [each.proto for each in self._components() if "-go-" in each.proto.id]
        return json.loads(found[0].bytes)["to"] if found else None

    def tree(self, key):
        """What a picture draws."""
        found = self.drawn(key)
        return found["tree"] if found else []

    def text(self, key):
        """The words of a picture."""
        return " ".join(words(self.tree(key)))

    def tap(self, key, act):
        """Press something in a picture; the page draws anew."""
        (component,) = [each.proto for each in self._components() if each.proto.id.endswith(f"-{key}")]
        assert act in acts(self.tree(key)), f"nothing to press for {act}"
        payload = json.dumps([{"event": "act", "value": {"value": act, "n": 1}}])
        states = WidgetStates()
        states.CopyFrom(self.app._tree.get_widget_states())
        states.widgets.append(WidgetState(id=_make_trigger_id(component.id, "events"), json_trigger_value=payload))
        self.app._run(states)
        assert not self.app.exception, self.app.exception

    def _components(self):
        return [each for each in self.app.main if getattr(each, "type", "") == "bidi_component"]


def words(node):
    """Every text of a tree, in order."""
    if isinstance(node, str):
        return [node]
    children = node[2:] if node and isinstance(node[0], str) else node
    return [text for child in children for text in words(child)]


def acts(node):
    """Every `act` of a tree."""
    if isinstance(node, str):
        return []
    if node and isinstance(node[0], str):
        own = [node[1]["act"]] if "act" in node[1] else []
        return own + [act for child in node[2:] for act in acts(child)]
    return [act for child in node for act in acts(child)]
