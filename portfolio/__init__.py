"""What is known of the contracts, and all that is computed from it.

Values and records, the register (SQL), amendment chains, exports. Knows no language model, no vector store and no
interface.
"""
