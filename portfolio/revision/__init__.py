"""Price revision: formulas as contracts write them, index values, the days of revision, the price on a day."""
