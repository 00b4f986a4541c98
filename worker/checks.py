"""System checks of the analysis, printed by `manage.py check`."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's own name


@register
def check_face_detector(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn when this machine would find faces without the networks."""
    if find_spec("cv2") is None:  # a web server, which analyzes nothing
        return []
    from worker.runtime import face_warning

    warning = face_warning()
    hint = "Install requirements/worker.txt, or set FACE_DETECTOR=haar."
    return [Warning(warning, hint=hint, id="worker.W002")] if warning else []


@register
def check_embedding_model(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:  # noqa: ARG001
    """Warn when this machine would work without ResNet50; fail when it cannot work as configured."""
    if find_spec("cv2") is None:  # a web server, which analyzes nothing
        return []
    from worker.analysis.interface import EncoderError
    from worker.runtime import encoder_choice

    try:
        choice = encoder_choice()
    except EncoderError as error:
        return [Error(str(error), id="worker.E001")]
    if not choice.warning:
        return []
    return [Warning(choice.warning, hint="Run `python manage.py download_models`.", id="worker.W001")]
