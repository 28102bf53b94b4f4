"""Taking contracts in from where they arrive: watched folders and mailboxes. Nothing there is moved or deleted.

`looking.look` goes through all that is set once; what it remembers is `portfolio.intake`'s.
"""
