"""The editor's desk: a page in the browser and a documented API, served from this machine.

`desk` is what the server can do, without HTTP; `fair_queue` decides who is served next; `gate` is who may ask at all;
`app` puts them together. Everything that checks goes through `Checker.check`.
"""
