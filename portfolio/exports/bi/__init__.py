"""The published tables in the register's database, for reporting tools: filled by a refresh, read through views."""
