"""The settings: those that Django and we check, secrets that everybody knows, and mail."""

from __future__ import annotations

import smtplib
from email.utils import parseaddr

from django.conf import settings
from django.core import checks, mail

from web.doctor.finding import Finding, Findings, Level, error, ok
from web.production import is_public


def check_settings() -> Findings:
    """`manage.py check`, with what a public service needs besides. This names secrets with known values."""
    messages = checks.run_checks(include_deployment_checks=is_public())
    found = [message for message in messages if not message.is_silenced()]
    for message in found:
        level = Level.ERROR if message.is_serious() else Level.WARNING
        yield Finding(level, "settings", message.msg, message.hint or "")
    if not found:
        yield ok("settings", f"They fit a service at {settings.PUBLIC_URL}.")


def check_mail() -> Findings:
    """Sign in to the mail server. Nothing is sent."""
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield ok("mail", "Mails go to the log or a folder, not to people.")
        return
    place = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = mail.get_connection()
        connection.open()
        connection.close()
    except (smtplib.SMTPException, OSError) as problem:
        yield error("mail", f"The mail server {place} refuses or does not answer: {problem}", "Correct EMAIL_URL.")
        return
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    yield ok("mail", f"The mail server {place} lets us in. Mails come from {sender}.")
