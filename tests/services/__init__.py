"""Real services for tests and benchmarks, from PyPI wheels, without containers and without root.

`with Stack() as stack: stack.start()` gives PostgreSQL, Valkey and an S3 server, each with its own port and folder.
None of them outlives the process. `python -m tests.services` runs them in the foreground.
"""

from tests.services.service import Program, Service, ServiceError
from tests.services.stack import Stack

__all__ = ["Program", "Service", "ServiceError", "Stack"]
