"""Open a conference in three steps."""

from facilitation.screen.opening import opening
from facilitation.screen.parts import notice
from facilitation.screen.visit import visit

visitor = visit()
if visitor.organiser:
    opening(visitor)
else:
    notice(visitor.say("refused.not_allowed"))
