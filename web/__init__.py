"""The Django project: settings, the API, accounts, and the supervisor that runs all processes on one machine."""
