"""The dashboards: one module a board, each a plot with the same figures as a table."""
