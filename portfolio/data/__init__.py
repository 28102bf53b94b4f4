"""Tables of public facts, one CSV file each."""
