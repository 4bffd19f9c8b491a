"""Workbooks as grids of values: opened safely, cells understood, columns found by heading.

Knows nothing of plans or forms; both are read through it.
"""
