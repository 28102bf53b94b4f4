"""From printed pages (words with places, ruled lines) to blocks in reading order; knows no file format."""
