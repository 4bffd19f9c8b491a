"""What the program remembers between runs: who said what and when, closed months, corrections, reports made."""
