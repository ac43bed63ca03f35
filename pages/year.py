"""A year of conferences, region by region: for organisers."""

from facilitation.screen.frame import not_found
from facilitation.screen.visit import visit
from facilitation.screen.year import read

visitor = visit()
if visitor.organiser:
    read(visitor)
else:
    not_found(visitor)
