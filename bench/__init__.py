"""Benchmarks that stand alone: they start the server themselves and compare with floors measured in the same run."""
