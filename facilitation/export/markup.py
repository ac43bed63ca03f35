"""A tree of elements as HTML that stands for itself: what people typed is escaped, what could act is left out."""

import html
import re
from typing import Any

Node = Any
"""Text, or [tag, attributes, child …]."""

TAGS = frozenset(
    (
        *("svg", "g", "path", "circle", "rect", "line", "text", "title"),
        *("div", "table", "caption", "thead", "tbody", "tr", "th", "td"),
    )
)
"""What drawings and tables are made of."""

_NAME = re.compile(r"(?!on)[a-z][a-zA-Z0-9-]*")


def markup(tree: Node) -> str:
    """`tree` ([tag, attributes, child …], or text) as markup. A tag that no picture is drawn with: ValueError."""
    if not isinstance(tree, list):
        return html.escape(str(tree))
    tag, known, *children = tree
    if tag not in TAGS:
        raise ValueError(f"not drawn: {tag}")
    opened = "".join([tag, *(_attribute(name, value) for name, value in known.items())])
    return f"<{opened}>{''.join(map(markup, children))}</{tag}>"


def _attribute(name: str, value: Any) -> str:
    """Text and numbers only; links and scripts have no place in a record."""
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not plain or not _NAME.fullmatch(name) or name in ("href", "src", "style"):
        return ""
    return f' {name}="{html.escape(str(value))}"'
