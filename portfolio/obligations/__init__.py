"""Obligations: what each party owes besides delivering and paying, when it falls due, and what became of it.

`occurrences` gives the events of the due rules of a contract's terms in force; it is pure and knows no table. Around it
stand the words it understands (`cadence`: the day of a rhythm, `moments`: what an event in the contract's words is).
"""
