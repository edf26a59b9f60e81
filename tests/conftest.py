"""Puts this folder on the import path, so that tests of any part can `import report_samples`."""
