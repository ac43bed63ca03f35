"""The pieces every page is drawn with: trees of elements, and the components that put them on screen.

Words that people typed reach the browser only as text nodes of such a tree: no Markdown, no HTML, no links can come
out of them. The components' scripts are files under `assets/`; what is registered here only fetches them.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

Node = Any
"""Text, or [tag, attributes, child, child …]; JSON has no better name for it."""

ASSETS = Path(__file__).parent / "assets"

TURNING = re.compile("[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters written from right to left, and signs without a picture that turn whatever follows them."""

LETTERED = frozenset({"bdi", "text", "title"})
"""What isolates its words itself: `bdi`, and the labels of drawings."""


NEVER = 24 * 3600
"""The beat of fragments that follow a conference, in seconds: longer than any. They are told (`live`) and do not ask;
but only a page that has a beat is run again by Streamlit's front end when the line was gone (measured: without one the
wall stood still after a restart of the server)."""


def el(tag: str, *children: Any, **attributes: Any) -> list[Any]:
    """An element. `tag` may carry classes (`div.card.new`); children may be nodes, lists of nodes, numbers or None;
    an attribute `aria_label` becomes `aria-label`, False and None are left out."""
    name, *classes = tag.split(".")
    known = {
        key.rstrip("_").replace("_", "-"): value for key, value in attributes.items() if value not in (None, False)
    }
    if classes:
        known["class"] = " ".join([*classes, known.get("class", "")]).strip()
    nodes = _nodes(children)
    return [name, known, *(nodes if name in LETTERED else map(_isolated, nodes))]


def _isolated(node: Node) -> Node:
    """Words that turn the direction of what is written after them, in an element of their own where they do not."""
    return ["bdi", {}, node] if isinstance(node, str) and TURNING.search(node) else node


def plain(words: str) -> str:
    """Words for a label of the framework's own inputs, which it reads as Markdown: every sign is escaped, and an
    invisible joiner keeps apart what it makes pictures, icons and links of after that (`:smile:`, `http://`)."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda sign: f"\\{sign[0]}" + ("\u2060" if sign[0] in ":/.<>-=" else ""), words)


def _nodes(children: Any) -> list[Node]:
    nodes: list[Node] = []
    for child in children:
        if isinstance(child, list):
            nodes += [child] if _is_element(child) else _nodes(child)
        elif child is not None:
            nodes.append(str(child))
    return nodes


def _is_element(child: list[Any]) -> bool:
    return len(child) > 1 and isinstance(child[0], str) and isinstance(child[1], dict)


@cache
def assets_version() -> str:
    """A short hash of all asset files: their address changes when they do, so they can be cached for ever."""
    digest = hashlib.sha256()
    for file in sorted(ASSETS.iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


_SHIM = """
const base = new URL('/assets/{version}/', window.location.origin).href;
export default function (component) {{
  let stop = null, gone = false;
  const place = component.parentElement, turn = (place.kaigiTurn = (place.kaigiTurn ?? 0) + 1);
  const newest = () => !gone && place.kaigiTurn === turn; // a script that came late must not draw what is old by then
  const text = new TextDecoder().decode(component.data);
  const given = {{ ...component, text, get data() {{ return JSON.parse(text); }} }};
  const load = (again) => import(base + '{file}' + (again ? '#' + again : '')).then(
    (module) => {{ if (newest()) stop = module.default(given); }},
    () => {{ if (newest()) setTimeout(load, 1000, again + 1); }}, // no line: a failed address is not asked again
  );
  load(0);
  return () => {{ gone = true; if (stop) stop(); }};
}}
"""


@cache
def _component(name: str, file: str) -> Any:
    return st.components.v2.component(
        f"kaigi_{name}", js=_SHIM.format(version=assets_version(), file=file), isolate_styles=False
    )


def packed(data: Any) -> bytes:
    """What a component is given, as it travels: JSON in UTF-8. As a Streamlit value it would be written out twice a
    run and send every Japanese letter as six signs (a table's own cards: 24 kB instead of 9)."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def beside(own: Mapping[str, Any], common: bytes) -> bytes:
    """What one device alone is given, and what it is given together with others (`common`, packed: an object)."""
    return packed(own)[:-1] + b"," + common[1:]


def painted(tree: Node | list[Node]) -> bytes:
    """A tree ready to be drawn by `picture`; the same bytes may be drawn for many visitors."""
    return packed({"tree": _nodes([tree])})


def picture(tree: Node | list[Node] | bytes, key: str) -> Any:
    """Draw a tree; what was pressed in it since the last run (an element's `act`), or None."""
    ready = tree if isinstance(tree, bytes) else painted(tree)
    result = _component("picture", "picture.js")(data=ready, key=key, on_act_change=_nothing)
    return _pressed(getattr(result, "act", None))


def _pressed(act: Any) -> Any:
    return act["value"] if isinstance(act, dict) and "value" in act else None


def notice(sentence: str) -> None:
    """A refusal or a hint, said where people look. Not `st.warning`: that would read what people typed as Markdown."""
    picture(el("p.refusal", sentence, role="alert"), key=_key("notice", sentence))


def live(log: str, view: str, revision: int, words: dict[str, str], token: str = "", parts: str = "") -> None:
    """Listen for changes of `view`; the fragment this stands in reruns when there is one. `token`: of a seat whose
    device refuses cookies. `parts`: how this page asks for those it draws without a run (`routes_parts`)."""
    carried = f"t={token}" if token else ""
    asked = "&".join(filter(None, (parts, carried)))
    data = {"url": f"/live/{log}/{view}" + (f"?{carried}" if carried else ""), "revision": revision, "words": words}
    data |= {"parts": f"/parts/{log}/{view}?{asked}" if parts else ""}
    _component("live", "live.js")(data=packed(data), key=f"live-{log}-{view}", on_changed_change=_nothing)


def writer(data: dict[str, Any] | bytes, key: str) -> None:
    """The card form: keeps its draft on the device and sends by itself (`assets/card.js`)."""
    _component("writer", "card.js")(data=data if isinstance(data, bytes) else packed(data), key=key)


def text_fields(data: dict[str, Any], key: str) -> None:
    """Named text fields that keep what is typed and send it by themselves (`assets/fields.js`)."""
    _component("fields", "fields.js")(data=packed(data), key=key)


def words_form(data: dict[str, Any], key: str) -> None:
    """A small form of one text and a few choices (`assets/words.js`)."""
    _component("words", "words.js")(data=packed(data), key=key)


def kept_form(data: dict[str, Any]) -> None:
    """Keeps what is typed into the framework's form in the container `typed-<form>` until it is saved
    (`assets/typed.js`)."""
    _component("typed", "typed.js")(data=packed(data), key=f"kept-{data['form']}")


def take_form(data: dict[str, Any], key: str) -> None:
    """The form that takes a conference along as a file (`assets/take.js`)."""
    _component("take", "take.js")(data=packed(data), key=key)


def bring_form(data: dict[str, Any], key: str) -> None:
    """The form that takes in a file that was brought (`assets/bring.js`); the page draws anew when it was."""
    _component("bring", "bring.js")(data=packed(data), key=key, on_act_change=_nothing)


def go(address: str) -> None:
    """Lead the browser to an address of our own routes (a Streamlit script cannot set a cookie; a route can)."""
    assert address.startswith("/") and not address.startswith("//")
    _component("go", "go.js")(data=packed({"to": address}), key=_key("go", address))


def _key(name: str, words: str) -> str:
    """A component's key that stands for `words`: the framework refuses a key with `__` in it, which a signed address
    holds now and then, and so may a sentence that quotes what somebody typed."""
    return f"{name}-{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _nothing() -> None:
    """A component's trigger only has to exist for its fragment to rerun."""
