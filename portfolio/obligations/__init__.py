"""Obligations: what each party owes besides delivering and paying, when it falls due, and what became of it.

From the words to the days: `sentence` and `cadence` (the day of a rhythm), `moments` (what an event in the contract's
words is), `owed` (what is in force, by whom), `occurrences` (their events, without any table), `rulepack` (what the law
adds). Around them `log` and `documents` (done, waived, handed over, expired), `source` (the events of a portfolio, one
of the sources of `portfolio.deadlines`) and `book`, the way in for interfaces.
"""
