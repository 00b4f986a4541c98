"""Every write of the domain, named entity_action: one transaction each. It enqueues what follows after its commit."""
