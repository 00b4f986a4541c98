"""The alert rules, the dashboard and the runbook are about figures that /metrics has."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from albums import operations, storage
from albums.jobs import Queue
from web.metrics import _RowCollector

REPOSITORY = Path(__file__).resolve().parents[1]
MONITORING = REPOSITORY / "deploy" / "monitoring"
RULES = MONITORING / "alerts.yml"


def _alerts() -> list[dict[str, Any]]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def _expressions() -> list[str]:
    dashboard = json.loads((MONITORING / "dashboard.json").read_text(encoding="utf-8"))
    shown = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    return [*shown, *(alert["expr"] for alert in _alerts())]


@pytest.mark.django_db
def test_alerts_and_dashboard_use_figures_of_ours_and_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    storage.get_storage().create_if_missing()
    monkeypatch.setattr(operations, "broker_messages", lambda: dict.fromkeys(Queue, 0))
    families = text_string_to_metric_families(generate_latest(_RowCollector()).decode())
    figures = {f"{family.name}_total" if family.type == "counter" else family.name for family in families}
    used = {name for expression in _expressions() for name in re.findall(r"photoalbum_\w+", expression)}

    assert used == figures


@pytest.mark.parametrize("command", [["check", "rules", str(RULES)], ["test", "rules", "tests/alerts.yml"]])
def test_prometheus_takes_the_rules_and_each_alert_sees_its_fault(command: list[str]) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed (apt-get install prometheus)")
    done = subprocess.run([promtool, *command], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tried_and_has_a_paragraph_in_the_runbook() -> None:
    names = [alert["alert"] for alert in _alerts()]
    tried = (REPOSITORY / "tests" / "alerts.yml").read_text(encoding="utf-8")
    runbook = (REPOSITORY / "docs" / "runbook.md").read_text(encoding="utf-8")

    assert re.findall(r"^## (Photoalbum\w+)$", runbook, re.MULTILINE) == names
    assert [name for name in names if name not in tried] == []
