"""Where groups of documents are checked: in this process, in several on this machine, or on a Ray cluster.

All run `checker.audit.checking.GroupChecker` and give the same rows in the same order.
"""
