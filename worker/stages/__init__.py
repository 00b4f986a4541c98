"""The stages of processing, one per file: claim the rows, read, compute, write the result under that claim.

Every stage may run twice. It skips rows that are gone or that another message has claimed. An error in one photo
affects only that photo. When storage or the database fails, the stage releases the rows without counting the attempt.
"""
