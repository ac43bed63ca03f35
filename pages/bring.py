"""Take in a conference that was brought; take back one that was deleted."""

from facilitation.screen.bringing import bringing
from facilitation.screen.frame import not_found
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    bringing(visitor)
else:
    not_found(visitor)
