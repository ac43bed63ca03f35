"""The green page a device shows when it has reached the laptop: page, script run and change stream all work."""

from facilitation.screen.parts import el, live, picture
from facilitation.screen.visit import visit

visitor = visit()
live("check", "devices", 0, {"lost": visitor.say("tablet.lost")})
picture(el("section.hello", el("h1", "✓ ", visitor.say("check.ok")), el("p", visitor.say("check.ok_how"))), key="hello")
