"""The year plan's workbook: its layout once, its writer, its reader and its audit."""
