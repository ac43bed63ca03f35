"""One conference, for organisers: take it along as a file, or delete it."""

from facilitation.screen.along import along
from facilitation.screen.frame import not_found
from facilitation.screen.visit import current, visit

visitor = visit()
found = current(visitor) if visitor.organiser else None
if found:
    along(visitor, found)
else:
    not_found(visitor)
