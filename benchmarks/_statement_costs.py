"""Counts the blocks and the processor time that each statement of this process costs PostgreSQL. Needs Linux."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

# The first number has what was reported until now, the second what this session has not reported yet.
_BLOCKS = """SELECT relname, pg_stat_get_blocks_fetched(oid) + pg_stat_get_xact_blocks_fetched(oid)
    FROM pg_class
    WHERE relkind IN ('r', 'i', 't') AND relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace)"""
_LARGE = (
    "SELECT coalesce(array_agg(relname::text), '{}') FROM pg_class WHERE reltuples >= 10000 AND relkind IN ('r', 'i')"
)
_SCANS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}
_READ_TO_THE_END = {"Sort", "Aggregate", "Hash"}
_WHERE_VALUES_DIFFER = re.compile(r"'[^']*'(::\w+)?|%s|\b\d+\b")


class StatementCosts:
    """Adds up blocks and milliseconds by who asked, for each table or index and for each statement.

    Blocks are counted by PostgreSQL's own statistics, in memory or not. So nothing runs twice: EXPLAIN ANALYZE of a
    write that is taken back would leave rows that the next statements have to pass over.
    """

    def __init__(self) -> None:
        self.blocks: Counter[tuple[str, str]] = Counter()
        """By who asked and the table or index."""
        self.milliseconds: defaultdict[str, float] = defaultdict(float)
        """By who asked."""
        self.statements: dict[tuple[str, str], list[float]] = {}
        """By who asked and SQL: how often, blocks, milliseconds."""
        self.read_whole: dict[str, set[str]] = {}
        """By who asked: the large tables and indexes that one of its statements reads to the end."""
        self._asked_by = ""

    @contextmanager
    def asking(self, name: str) -> Iterator[None]:
        """Count statements inside the block under this name."""
        self._asked_by = name
        try:
            yield
        finally:
            self._asked_by = ""

    def blocks_of(self, name: str) -> int:
        """All blocks that were touched under this name."""
        return sum(count for (asked_by, _), count in self.blocks.items() if asked_by == name)

    def __call__(self, execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        """Execute the statement and count. For `connection.execute_wrapper`."""
        if not self._asked_by or not sql.lstrip("(").startswith(("SELECT", "UPDATE", "INSERT", "DELETE")):
            return execute(sql, parameters, many, context)
        cursor = context["connection"].connection.cursor()
        self._look_for_whole_reads(cursor, sql, parameters)
        backend = context["connection"].connection.info.backend_pid
        before = dict(cursor.execute(_BLOCKS).fetchall())
        began = _nanoseconds(backend)
        result = execute(sql, parameters, many, context)
        milliseconds = (_nanoseconds(backend) - began) / 1e6
        after = dict(cursor.execute(_BLOCKS).fetchall())
        touched = Counter({name: count - before.get(name, 0) for name, count in after.items()})
        self.blocks.update({(self._asked_by, name): count for name, count in touched.items() if count})
        self.milliseconds[self._asked_by] += milliseconds
        shape = _WHERE_VALUES_DIFFER.sub("?", re.sub(r"SELECT .*? FROM", "SELECT … FROM", sql, count=1))
        costs = self.statements.setdefault((self._asked_by, shape), [0.0, 0.0, 0.0])
        for place, cost in enumerate((1.0, float(touched.total()), milliseconds)):
            costs[place] += cost
        return result

    def _look_for_whole_reads(self, cursor: Any, sql: str, parameters: Any) -> None:
        from psycopg import ClientCursor

        with ClientCursor(cursor.connection) as explaining:
            [[[found]]] = explaining.execute(f"EXPLAIN (FORMAT JSON) {sql}", parameters).fetchall()
            [[large]] = explaining.execute(_LARGE).fetchall()
        self.read_whole.setdefault(self._asked_by, set()).update(read_whole(found["Plan"], large))


def read_whole(plan: dict[str, Any], large: list[str], *, stops_early: bool = False) -> Iterator[str]:
    """Which of these tables and indexes a plan reads to the end."""
    node = plan["Node Type"]
    stops_early = node == "Limit" or (stops_early and node not in _READ_TO_THE_END)
    if node in _SCANS and "Index Cond" not in plan and not stops_early:
        name = plan.get("Index Name", plan.get("Relation Name"))
        if name in large:
            yield name
    for part in plan.get("Plans", ()):
        yield from read_whole(part, large, stops_early=stops_early)


def _nanoseconds(pid: int) -> int:
    """How long the process has been on a processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0])
