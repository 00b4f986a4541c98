"""An operation that only fills columns."""

from django.db import migrations


class FillColumns(migrations.RunPython):
    """Fills columns that the version before does not know, so its processes go on meanwhile.

    Rows that they write later stay empty, unless something else fills them, as the grouping does the timeline.
    """
