"""What every chart shares: the look, the sentence above it, what it rests on, and its numbers as a table."""

import html
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go  # type: ignore[import-untyped]

from facilitation.rounding import rounded
from facilitation.texts import say

PAPER, CARD, INK, MUTED, RULE = "#FBF8F3", "#FFFFFF", "#2B2A28", "#6E6A61", "#E4DDD1"
ACCENT, PALE = "#2F6DB0", "#B9CDE4"
FAMILIES = {
    "public": "#2F6DB0",
    "medical": "#2E8B6F",
    "peer": "#C8671C",
    "money_law": "#7A5AA6",
    "daily_life": "#1F8A94",
    "justice": "#6B6F76",
}
"""The families of agency types, as on every other picture (`look.css`)."""
DIVERGING = {1: "#9A5B12", 2: "#E3B26B", 3: "#E4DDD1", 4: "#8DB3DC", 5: "#1F4F86"}
"""Disagree to agree. Both ends are dark in grey: side and numbers tell them apart."""
SEQUENTIAL = ((0.0, "#FFFFFF"), (0.5, "#B9CDE4"), (1.0, "#2F6DB0"))
FONTS = "BIZ UDPGothic, Hiragino Sans, Noto Sans JP, Noto Sans CJK JP, sans-serif"
NEVER_FIRST = "：；、。，．・」』）〕】！？ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ）,.!?)"
NEVER_LAST = "「『（〔【“("
TITLE_WIDTH, NOTE_WIDTH, LABEL_WIDTH = 84, 126, 44
"""Half-width signs a line: a title and a note in 1,000 px, a question beside its bar."""

SCRAP = 24
"""A last line of a note shorter than this would look forgotten."""

Cell = str | int | float
Kind = Literal["words", "count", "share", "mean"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart's table. Shares are between 0 and 1, means between 1 and 5; both unrounded."""

    name: str
    kind: Kind

    def shown(self, value: Cell) -> str:
        """A cell as people read it: a share to a tenth of a per cent, a mean to three places."""
        if isinstance(value, str) or self.kind == "count":
            return str(value)
        return f"{rounded(value * 100, 1)}%" if self.kind == "share" else rounded(value, 3)


def columns(language: str, place: str, kinds: Mapping[str, Kind]) -> tuple[Column, ...]:
    """Columns by their text keys below `charts.<place>`."""
    return tuple(Column(say(language, f"charts.{place}.{name}"), kind) for name, kind in kinds.items())


@dataclass(frozen=True, slots=True)
class About:
    """What the numbers are of: how many people answered (None: of no survey), when and where, in words."""

    n: int | None
    period: str


@dataclass(frozen=True)
class Chart:
    """One subject. `rows` hold the figure's own numbers, and only those; what may not be shown has no row. `name` is
    for files and tests."""

    name: str
    title: str
    note: str
    figure: go.Figure
    head: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def note(about: About, language: str, *more: str, below: Iterable[str] = ()) -> str:
    """n, period and 「無記名アンケート」, then what else must be known; `below` has lines of its own."""
    known = about.period if about.n is None else say(language, "charts.note", n=about.n, period=about.period)
    return "\n".join([" · ".join([known, *more]), *below])


def dressed(figure: go.Figure, title: str, small: str, *, height: int, head: int = 8, right: int = 24) -> go.Figure:
    """The look around a figure's marks. In pixels: `height` of the marks, `head` for what stands above them, `right`
    for what stands beside. Title and note are escaped: Plotly reads markup."""
    lines = wrapped(title, TITLE_WIDTH)
    below = [line for said in small.splitlines() for line in _noted(said)]
    top = 30 + 28 * len(lines) + 20 * len(below) + head
    figure.update_layout(
        title={
            "text": f"<b>{'<br>'.join(lines)}</b>",
            "subtitle": {"text": "<br>".join(below), "font": {"size": 15, "color": MUTED}},
            "font": {"size": 21, "color": INK},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "pad": {"l": 12, "t": 22},
        },
        font={"family": FONTS, "size": 16, "color": INK},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        showlegend=False,
        height=height + top + 40,
        uniformtext={"minsize": 13, "mode": "hide"},
        margin={"l": 8, "r": right, "t": top, "b": 40},
        hoverlabel={"bgcolor": CARD, "font": {"family": FONTS, "size": 15, "color": INK}},
    )
    figure.update_xaxes(gridcolor=RULE, zerolinecolor=MUTED, tickfont={"size": 15, "color": MUTED})
    figure.update_yaxes(automargin=True, tickfont={"size": 16, "color": INK})
    return figure


def safe(text: str) -> str:
    """Words for a figure: an organiser's own question must not become markup."""
    return html.escape(text, quote=False)


def label(text: str, width: int = LABEL_WIDTH) -> str:
    """A question or a name beside its mark, on as many lines as it needs."""
    return "<br>".join(wrapped(text, width))


def wrapped(text: str, width: int) -> list[str]:
    """`text` escaped, on as few lines of at most `width` half-width signs as it needs, all about equally long: cut
    between words, or between any two signs of Japanese, but never before a closing mark or a small kana."""
    pieces = _pieces(text)
    fewest = len(_filled(pieces, width))
    narrowest = next(least for least in range(max(width // 2, 1), width + 1) if len(_filled(pieces, least)) <= fewest)
    return [safe(line) for line in _filled(pieces, narrowest)]


def _noted(text: str) -> list[str]:
    """A note's lines as full as they can be; about equally long where the last one would be a scrap."""
    lines = _filled(_pieces(text), NOTE_WIDTH)
    return wrapped(text, NOTE_WIDTH) if _width(lines[-1]) < SCRAP else [safe(line) for line in lines]


def _filled(pieces: Sequence[str], width: int) -> list[str]:
    lines, line = [], ""
    for piece in pieces:
        if line and _width((line + piece).rstrip()) > width and piece[0] not in NEVER_FIRST:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """What must not be cut: a word of Latin letters or digits with the blank behind it, a single Japanese sign, an
    opening mark and what follows it."""
    pieces: list[str] = []
    for sign in " ".join(text.split()):
        last = pieces[-1][-1] if pieces else " "
        joins = last in NEVER_LAST or (_width(sign) == _width(last) == 1 and last != " ")
        pieces[-1:] = [pieces[-1] + sign] if joins else [*pieces[-1:], sign]
    return pieces


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def row_height(labels: Sequence[str], *, least: int = 48, line: int = 24) -> int:
    """Pixels for rows of labels that were wrapped."""
    return sum(max(least, 16 + line * (1 + text.count("<br>"))) for text in labels)
