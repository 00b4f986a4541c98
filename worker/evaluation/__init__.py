"""Evaluate how well the grouping and the picks agree with people: read a labelled folder, measure, compare, report."""
