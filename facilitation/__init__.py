"""Conferences around a fictional case: the log, the views worked out from it, and the screens that show them."""
