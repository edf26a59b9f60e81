"""The HTTP API of LanguageTool, so that editors and add-ons that speak it show our findings.

https://languagetool.org/http-api/; what it leaves open is as LanguageTool's own server does it.
"""
