"""The story of each command in a dozen lines: what is read, what is made of it, where it goes."""
