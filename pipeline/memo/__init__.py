"""The memo to management: finished tables → sentences → memo.docx. Needs python-docx («pip install -e ".[memo]"»)."""
