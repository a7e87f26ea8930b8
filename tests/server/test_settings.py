"""The settings: every one documented, none misspelt, no secret repeated."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest

from server.settings import BadSettings, LogFormat, Mode, Settings, load_settings, settings_table, variables

README = Path(__file__).parents[2] / "README.md"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("LEADGRAPH_")]:
        monkeypatch.delenv(name)


def test_the_readme_lists_every_setting() -> None:
    assert settings_table() in README.read_text(encoding="utf-8"), "run: leads settings, and put its table into the README"


def test_every_setting_says_what_it_means() -> None:
    assert all(description.endswith(".") and len(description) > 30 for description in variables().values())
    assert len(variables()) == len(fields(Settings))


def test_production_is_the_default() -> None:
    settings = load_settings()
    assert (settings.mode, settings.host, settings.port, settings.hosts) == (Mode.PRODUCTION, "127.0.0.1", 8000, ())
    assert settings.base_url == "http://127.0.0.1:8000"


def test_development_answers_to_loopback_names_only() -> None:
    assert load_settings(mode=Mode.DEVELOPMENT).hosts == ("127.0.0.1", "::1", "localhost", "[::1]")


def test_the_environment_is_read_and_options_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGRAPH_PORT", "9000")
    monkeypatch.setenv("LEADGRAPH_HOST", "::1")
    monkeypatch.setenv("LEADGRAPH_ALLOWED_ORIGINS", "https://a.example, https://b.example,")
    monkeypatch.setenv("LEADGRAPH_LOG_LEVEL", "WARNING")
    settings = load_settings(port=9001, host=None)
    assert (settings.port, settings.base_url, settings.log_level) == (9001, "http://[::1]:9001", "warning")
    assert settings.allowed_origins == ("https://a.example", "https://b.example")


def test_an_empty_variable_is_not_set_and_names_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGRAPH_PORT", "")
    monkeypatch.setenv("leadgraph_host", "::1")
    settings = load_settings()
    assert (settings.host, settings.port) == ("::1", 8000)


def test_a_misspelt_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGRAPH_ALOWED_HOSTS", "crm.example")
    with pytest.raises(BadSettings, match=r"^No such setting: LEADGRAPH_ALOWED_HOSTS\. "):
        load_settings()


def test_all_bad_values_are_told_at_once_and_none_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEADGRAPH_PORT", "eighty")
    monkeypatch.setenv("LEADGRAPH_DATABASE_URL", "mysql://root:hunter2@db/crm")
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert str(refused.value).splitlines() == [
        "LEADGRAPH_DATABASE_URL: must look like postgresql://user:password@host:5432/database.",
        "LEADGRAPH_PORT: must be a whole number.",
    ]


def test_a_misspelt_name_hides_no_bad_value(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("PROT", "1"), ("PORT", "abc"), ("POOL_SIZE", "0"), ("HOTS", "::1")):
        monkeypatch.setenv(f"LEADGRAPH_{name}", value)
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert str(refused.value).splitlines() == [
        "No such setting: LEADGRAPH_HOTS, LEADGRAPH_PROT. `leads settings` lists those there are.",
        "LEADGRAPH_PORT: must be a whole number.",
        "LEADGRAPH_POOL_SIZE: must be at least 1.",
    ]


def test_no_password_is_shown_with_the_settings() -> None:
    settings = load_settings(database_url="postgresql://service:hunter2@db/crm")
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("port", "0", 0),
        ("pool_size", "500", 500),
        ("deadline_seconds", "0.25", 0.25),
        ("worker", "FALSE", False),
        ("query_engine", "on", True),
        ("log_format", "Console", LogFormat.CONSOLE),
        ("data_directory", "/srv/leads", Path("/srv/leads")),
        ("webhook_ports", " 443, 8443 ", ("443", "8443")),
        ("webhook_sink", "localhost:9000", "localhost:9000"),
    ],
)
def test_each_kind_of_value_is_read_from_its_text(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    monkeypatch.setenv(f"LEADGRAPH_{name.upper()}", text)
    assert getattr(load_settings(), name) == value


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("port", "65536", "must be at most 65535"),
        ("port", "8000.5", "must be a whole number"),
        ("deadline_seconds", "nan", "must be a number"),
        ("deadline_seconds", "0", "must be more than 0"),
        ("worker", "perhaps", "must be `true` or `false`"),
        ("log_level", "loud", "must be one of debug, info, warning, error"),
        ("webhook_ports", "443,0", "must be numbers of ports, such as 443,8443"),
        ("webhook_sink", "10.0.0.1:9000", "must look like 127.0.0.1:9000"),
    ],
)
def test_what_is_wrong_with_a_value_is_told_without_it(monkeypatch: pytest.MonkeyPatch, name: str, text: str, problem: str) -> None:
    monkeypatch.setenv(f"LEADGRAPH_{name.upper()}", text)
    with pytest.raises(BadSettings) as refused:
        load_settings()
    assert str(refused.value) == f"LEADGRAPH_{name.upper()}: {problem}."
