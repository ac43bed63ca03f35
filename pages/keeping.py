"""The copies of the data, for organisers."""

from facilitation.screen.frame import not_found
from facilitation.screen.keeping import keeping
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    keeping(visitor)
else:
    not_found(visitor)
