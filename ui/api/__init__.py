"""The API for other programs: HTTP over what portfolio and agent do. Every route heeds the caller's role and scope."""
