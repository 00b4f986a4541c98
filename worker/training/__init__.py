"""How the shipped ranker is made: spoiled copies of sharp photos, their features in a table, a model from the table."""
