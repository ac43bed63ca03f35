"""Plotly figures from views, one subject a file: sentence titles, direct labels, the same numbers as a table.

Nothing here counts anything: what may not be shown has not come this far.
"""
