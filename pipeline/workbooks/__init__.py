"""What all written workbooks share: the style sheet, and writing a file whole beside its place."""
