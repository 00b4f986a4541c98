"""The Django project: settings, the API, accounts and, on one machine, the supervisor of the processes."""
