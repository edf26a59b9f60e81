"""`checker serve`: what it refuses before it starts. That it serves is in tests/editor."""

import builtins

import pytest


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::"])  # noqa: S104 - to be refused
def test_another_host_needs_a_token(run, host, monkeypatch):
    monkeypatch.delenv("CHECKER_TOKEN", raising=False)
    result = run("serve", "--host", host)
    assert result.code == 2
    assert "token" in result.err
    assert result.err.count("\n") == 1


def test_a_token_file_that_is_not_there(run):
    result = run("serve", "--token-file", "nowhere.txt")
    assert result.code == 2
    assert "nowhere.txt" in result.err


def test_a_short_token_in_the_environment(run, monkeypatch):
    monkeypatch.setenv("CHECKER_TOKEN", "short")
    assert "shorter" in run("serve").err


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_an_impossible_port(run, port):
    assert run("serve", "--port", port).code == 2


def test_an_address_that_is_taken(run):
    from checker.editor.serve_settings import ServeSettings
    from checker.editor.serving import listen

    taken = listen(ServeSettings(port=0))
    taken.listen()
    result = run("serve", "--port", taken.getsockname()[1], "--decisions", "-")
    taken.close()
    assert result.code == 2
    assert "another --port" in result.err


def test_missing_libraries_are_named(run, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments, **more):
        if name == "fastapi":
            raise ImportError("gone", name=name)
        return real(name, *arguments, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    result = run("serve")
    assert result.code == 3
    assert "checker[serve]" in result.err
