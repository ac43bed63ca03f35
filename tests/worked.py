"""The worked data set W of the domain brief (§7.0), its card 16, and statements drawn at random for property tests."""

from hypothesis import strategies as st

from facilitation.agencies import AGENCIES
from facilitation.path import BARRIERS, HANDOVERS, HELPS, STAGES, TRACKS
from facilitation.statements import Statement

_ROWS = """
1 CITY_CHILD S1 can
2 HC S1 can
3 CITY_CHILD S2 can
4 CSC S3 can
5 CITY_CHILD S3 hard reason=B_KNOW help=E_VISIT
6 HC S4 hard reason=B_TIME
7 CITY_CHILD S5 can handover=H2_contact to=CSC
8 HC S5 can handover=H2_contact to=CSC
9 CSC S6 can handover=H1_explain to=SHG
10 DEBT S6 can
11 MED S6 hard reason=B_FEE help=E_SYSTEM
12 SHG S7 can
13 REC S7 can
14 REC S8 hard reason=B_STAFF help=E_STAFF
15 CITY_CHILD S8 hard reason=B_ROLE
"""


def said(row: str, **more: object) -> Statement:
    """`card type stage kind [field=value …]` as a statement."""
    card, agency, stage, kind, *fields = row.split()
    return Statement(card, agency, stage, kind, **dict(field.split("=") for field in fields), **more)  # type: ignore[arg-type]


W = tuple(said(row) for row in _ROWS.strip().splitlines())
CARD_16 = said("16 CSC S5 can handover=H4_sit_in to=SHG")
TWO_GROUPS = tuple(said(row, group="1" if int(row.split()[0]) % 2 else "2") for row in _ROWS.strip().splitlines())

FEW_TYPES = ("CITY_CHILD", "CSC", "HC", "MED", "REC", "SHG")


@st.composite
def statement(draw: st.DrawFn, groups: tuple[str, ...] = ("1", "2", "3")) -> Statement:
    """One statement as a table may make it: few types, so that cells and routes meet."""
    agency = draw(st.sampled_from(FEW_TYPES))
    kind = draw(st.sampled_from(("can", "hard", "help")))
    to = draw(st.sampled_from(("", *FEW_TYPES))) if kind != "help" else ""
    return Statement(
        card=draw(st.sampled_from("abcdefgh")),
        type=agency,
        stage=draw(st.sampled_from(tuple(STAGES))),
        kind=kind,
        group=draw(st.sampled_from(groups)),
        tracks=tuple(sorted(draw(st.sets(st.sampled_from(tuple(TRACKS)), max_size=2)))),
        reason=draw(st.sampled_from(("", *BARRIERS))) if kind == "hard" else "",
        help=draw(st.sampled_from(("", *list(HELPS)[:3]))) if kind != "can" else "",
        handover=draw(st.sampled_from(tuple(HANDOVERS))) if to not in ("", agency) else "",
        to=to if to != agency else "",
    )


statements = st.lists(statement(), max_size=30)

assert set(FEW_TYPES) <= set(AGENCIES)
