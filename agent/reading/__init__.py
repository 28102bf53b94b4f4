"""From text to proven facts: readers, evidence, reconciliation, confidence."""
