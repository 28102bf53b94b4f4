"""From the picture of a page to its printed words; knows no file format."""
