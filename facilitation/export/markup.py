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


def markup(tree: Node, tags: frozenset[str] = TAGS, links: tuple[str, ...] = ()) -> str:
    """`tree` ([tag, attributes, child …], or text) as markup; `links`: what the address of a link may begin with. A tag
    that is not among `tags`: ValueError."""
    if not isinstance(tree, list):
        return html.escape(str(tree))
    tag, known, *children = tree
    if tag not in tags:
        raise ValueError(f"not drawn: {tag}")
    opened = "".join([tag, *(_attribute(name, value, links) for name, value in known.items())])
    return f"<{opened}>{''.join(markup(child, tags, links) for child in children)}</{tag}>"


def _attribute(name: str, value: Any, links: tuple[str, ...]) -> str:
    """Text and numbers only; scripts have no place in a page that stands for itself, links have none in a record."""
    plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    if not plain or not _NAME.fullmatch(name) or name in ("src", "style"):
        return ""
    if name == "href" and not str(value).startswith(links):
        return ""
    return f' {name}="{html.escape(str(value))}"'
