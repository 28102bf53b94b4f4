"""The language model behind an OpenAI-compatible endpoint: its settings, the client, what was asked and what it cost.

Nothing here knows of contracts: a request is a prompt, a text and a schema; an answer is an object of that schema.
"""
