"""A language server: alerts as diagnostics in any editor that speaks LSP, suggestions and decisions as quick fixes.

https://microsoft.github.io/language-server-protocol/. `buffer` and `positions` lead from an editor's text to a Document
and back, `diagnostics` and `actions` say what an editor shows, `desk` decides when to check, `server` is the protocol.
"""
