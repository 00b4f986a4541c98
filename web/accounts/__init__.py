"""Accounts: the user model, the adapter for allauth, and API tokens."""
