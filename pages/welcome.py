"""The front page."""

from facilitation.screen.door import front, home
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    home(visitor)
else:
    front(visitor)
