"""The notebook of what comes in by itself: where each watched folder or mailbox stopped, and what became of its items.

Who takes things in is `agent.watching`; here is only what it remembers, for it and for whoever shows it.
"""
