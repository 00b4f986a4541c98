"""The embedded default: every process of the service under one supervisor."""
