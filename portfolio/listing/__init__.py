"""The portfolio as a table that is filtered, sorted and paged by the database, with its facets and saved views."""
