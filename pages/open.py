"""Open a conference in three steps."""

from facilitation.screen.frame import not_found
from facilitation.screen.opening import opening
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    opening(visitor)
else:
    not_found(visitor)
