"""Accounts: the user model, sessions and API tokens, and how allauth behaves here.

`models.py` says what ends with a password or an address, `addresses.py` how an address is confirmed and changes,
`guessing.py` what wrong passwords cost, and `admin.py` what operators may do.
"""
