"""The workbooks that people fill: their layout once, the writer, the reader.

layout: sheets, columns, identity. rows: which rows a unit's form has. formulas and figures: the same arithmetic
for the sheet and in Python. write and the *_sheet files: the workbook. read and the read_* files: a filled one.
"""
