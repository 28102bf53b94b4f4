"""Small grammars of the trade's values: numbers, dates, durations, money. They take folded text (`structure.fold`) and
give values with their offsets; they know nothing of contracts, clauses or fields."""
