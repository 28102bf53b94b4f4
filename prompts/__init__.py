"""What the language model is told: one file a prompt and language (`read_money.fr.md`), and the loader.

A file begins with its front matter in TOML between two lines `+++`: `name`, `version`, `language`, `purpose`,
`variables`, `output`. Its text takes values for its variables, written `$name`. Who changes the text raises the
version: it is recorded with every value that the prompt produced.
"""
