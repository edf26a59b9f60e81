"""Many documents to a data set of reports, and what is made of such a data set.

The engine writes it (`run`), everything else reads it through `dataset.AuditReader`. Nothing here has a flow of its own
for checking a document: that is `checker.pipeline.Checker.check`.
"""
