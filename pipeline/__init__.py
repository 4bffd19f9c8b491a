"""Plan-fact report: from the Excel forms that people fill to one checked, formatted workbook."""

__version__ = "0.1.0"
