"""Requests to suppliers for documents that they owe: drafted here, sent only once a person approved them, repeated
every week until the document is in."""
