"""`manage.py doctor`: what an operator can get wrong, and what to do about it. Each file asks about one thing."""
