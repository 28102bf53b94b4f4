"""The calendar of a contract: its periods and ends, its notices, rhythms of days, working days, what a person told.

Nothing here reads a contract or writes to one; facts come from the terms in force. Who is owed what on which day is
`portfolio.obligations`, when prices move is `portfolio.revision`, and `portfolio.deadlines` puts all of it together.
"""
