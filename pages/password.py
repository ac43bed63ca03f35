"""The organisers' password: change it."""

from facilitation.screen.frame import not_found
from facilitation.screen.password import change
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    change(visitor)
else:
    not_found(visitor)
