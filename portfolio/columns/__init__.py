"""Columns of a user's own: a field said in words, read for the whole portfolio, with its proof and its review.

Here is what is kept and how a person decides; how a column is read lives in `agent.columns`.
"""
