"""The workbooks that people fill: each form's geometry once, its writer, its reader."""
