"""Passages of contracts: chunking by clause, embeddings, Chroma, keyword search, hybrid retrieval."""
