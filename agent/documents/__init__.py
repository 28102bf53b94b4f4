"""From the bytes of a file to text with positions: one reader a format, chosen by content."""
