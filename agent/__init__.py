"""Reads contracts.

`documents` (bytes to text with positions), `reading` (text to proven facts), `pipeline` (file to register and
passages).
"""
