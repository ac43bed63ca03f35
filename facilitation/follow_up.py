"""What came of it after three months (domain §7 C14)."""

from collections.abc import Iterable
from dataclasses import dataclass

CONTACTED = "W1_1"
"""した: the option of W1 that counts as having acted."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`responded` and `acted` are None where too few people answered to be shown."""

    invited: int
    responded: int | None
    acted: int | None

    @property
    def response(self) -> float | None:
        """The share (0-1) of those invited who answered; None where it cannot be said."""
        known = self.responded is not None and 0 < self.responded <= self.invited
        return self.responded / self.invited if known and self.responded else None

    @property
    def action(self) -> float | None:
        """The share (0-1) of those who answered who got in touch."""
        return self.acted / self.responded if self.acted is not None and self.responded else None


def follow_up(invited: int, responded: int, contacts: Iterable[frozenset[str]], k: int) -> FollowUp:
    """`responded`: people with any answer after three months; `contacts`: what each of them chose in W1.

    Hidden where fewer than k responded, and what they did where fewer than k answered W1.
    """
    said = tuple(contacts)
    acted = sum(CONTACTED in chosen for chosen in said) if len(said) >= k else None
    return FollowUp(invited, responded, acted) if responded >= k else FollowUp(invited, None, None)


def added(parts: Iterable[FollowUp]) -> FollowUp | None:
    """Several events together: only those in which enough people answered. None where there is none."""
    rows = [row for row in parts if row.responded is not None and row.acted is not None]
    if not rows:
        return None
    return FollowUp(
        sum(row.invited for row in rows), sum(row.responded or 0 for row in rows), sum(row.acted or 0 for row in rows)
    )
