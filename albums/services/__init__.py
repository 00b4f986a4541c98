"""All writes to the database. A function is named entity_action, is one transaction and enqueues jobs after commit."""
