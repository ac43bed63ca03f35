"""Sixty tablets on one machine, measured: an evening with a server of its own, beside floors of the same run."""
