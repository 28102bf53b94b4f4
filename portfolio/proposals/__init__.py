"""What was proposed to be done, and what a person said to it: a proposal is taken up once, by whom is kept."""
