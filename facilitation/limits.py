"""How much fits: said on screen, measured by us, never cut in silence."""

STATEMENT = 400
"""Characters of one field of a card. Longer text is refused with its length and stays in the box."""

STATEMENT_ADVISED = 120
"""From here on a card is hard to read from ten metres (domain §5.5): said, not refused."""

LINE = 120
"""Characters of the one line a table writes for an agency type."""

ROLE = 40
"""Characters of how an adviser wants to be named (医師, 回復施設 …)."""

NOTE = 400
"""Characters of an organiser's own words (contacts, title …)."""

GROUPS = 6
PEOPLE_OF_A_TYPE = 20
SEATS = 120
"""Seats of one conference: thirty guests, a table of devices each, and spares; a script that joins for ever stops."""

CODES = 600
"""Codes of one survey: a script that asks for ever stops."""
