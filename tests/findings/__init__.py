"""Tests of checker.findings."""
