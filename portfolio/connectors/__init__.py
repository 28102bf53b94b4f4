"""Other programs that the portfolio is written into, by a settings file that says which of our columns is which of
their fields."""
