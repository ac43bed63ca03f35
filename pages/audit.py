"""Who, what, when: for organisers."""

from facilitation.screen.audit import read
from facilitation.screen.frame import not_found
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    read(visitor)
else:
    not_found(visitor)
