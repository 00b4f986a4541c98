"""The stages of a photo's way, one a file: claim the rows, read, compute, write the result under that claim.

Every stage may run twice. It passes over rows that are gone or that another message holds. A fault of one photo stays
with that photo; when the storage or the database fails, the stage gives the rows back without counting the attempt.
"""
