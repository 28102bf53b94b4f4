"""Reads own columns: one question in a user's words, answered of one contract with the words that prove it.

With an endpoint a language model is asked; without one, and for what is confidential, the contract's sentences are
searched for the column's words and the built-in grammars read the value. What is kept lives in `portfolio.columns`.
"""
