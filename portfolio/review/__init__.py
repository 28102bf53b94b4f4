"""What waits for a person's eyes: contracts in the order of what a mistake would cost, values read in two ways."""
