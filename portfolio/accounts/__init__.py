"""Who may do what: accounts, signing in, roles, and the part of the portfolio that each person sees."""
