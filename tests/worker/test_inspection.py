"""What a worker tells `manage.py doctor`."""

from __future__ import annotations

import json

from celery.worker.control import Panel
from pytest_django import Settings

from albums.process_info import ProcessInfo, process_info
from worker import inspection


def test_a_worker_answers_with_its_code_and_settings(settings: Settings) -> None:
    settings.PHOTOS_PER_TASK = 48
    assert Panel.data["process_info"] is inspection.process_info

    answer = ProcessInfo.read(json.loads(json.dumps(inspection.process_info(None))))

    assert answer is not None
    assert (answer.code, answer.settings) == (process_info().code, process_info().settings)
    assert answer.settings["PHOTOS_PER_TASK"] == 48


def test_an_answer_of_another_form_is_none() -> None:
    assert [
        ProcessInfo.read(each) for each in (None, {}, {"error": "unknown"}, {"time": "x", "code": "", "settings": {}})
    ] == [None] * 4
