"""Train the shipped ranker: degrade photos on purpose, measure the copies into a table, fit a model to the table."""
