"""C6: the chains of the three cases."""

import pytest

from facilitation.chains import Chain, chain


@pytest.mark.parametrize(
    ("links", "warmth", "weakest", "mean"),
    [
        ([("H2_contact",), ("H1_explain",)], (2, 1), 1, 1.5),
        ([("H0_referral",)], (0,), 0, 0),
        ([("H1_explain", "H3_accompany")], (3,), 0, 3),
        ([("H1_explain", "H2_contact", "H5_meet")], (3,), 0, 3),
    ],
)
def test_the_cases_have_the_worked_chains(
    links: list[tuple[str, ...]], warmth: tuple[int, ...], weakest: int, mean: float
) -> None:
    drawn = chain(links)
    assert (drawn, drawn.min, drawn.weakest, drawn.mean) == (Chain(warmth), min(warmth), weakest, mean)


def test_a_chain_without_links_has_no_weakest_link() -> None:
    empty = chain([])
    assert (empty.min, empty.weakest, empty.mean) == (None, None, None)


def test_of_equally_weak_links_the_first_is_named() -> None:
    assert chain([("H5_meet",), ("H0_referral",), ("H0_referral",)]).weakest == 1
