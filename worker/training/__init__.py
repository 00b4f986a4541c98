"""How the shipped ranker is made: copies made worse on purpose, their features in a table, a model from the table."""
