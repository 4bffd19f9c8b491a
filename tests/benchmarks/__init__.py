"""Speed, as a ratio to the script that an office writes today, measured in one run. No tests: nothing here is timed
when the tests run."""
