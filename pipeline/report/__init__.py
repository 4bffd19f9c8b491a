"""Finished tables → workbook: one file per sheet, styles, charts, figures."""
