"""What portfolio and agent say in words, in French and English: catalogues `<room>.fr.toml`, `<room>.en.toml`."""
