"""From files to checked figures: find the forms, open them safely, read, check. Problems are collected."""
