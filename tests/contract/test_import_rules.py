"""The import rules cover every package, and a package's name means ours."""

import configparser
import tomllib
from pathlib import Path

import gql

ROOT = Path(__file__).parents[2]
# Beside the application, and no part of it: nothing in the chain may import these.
BESIDE = {"tests", "bench"}
PACKAGES = {init.parent.name for init in ROOT.glob("*/__init__.py")} - BESIDE


def import_rules() -> configparser.ConfigParser:
    rules = configparser.ConfigParser()
    rules.read(ROOT / ".importlinter")
    return rules


def test_every_package_has_its_place_in_the_chain() -> None:
    rules = import_rules()
    assert set(rules["importlinter"]["root_packages"].split()) == PACKAGES
    assert set(rules["importlinter:contract:chain"]["layers"].replace("|", " ").split()) == PACKAGES


def test_only_the_named_package_may_import_a_library() -> None:
    rules = import_rules()
    assert set(rules["importlinter:contract:sql"]["source_modules"].split()) == PACKAGES - {"persistence"}
    assert set(rules["importlinter:contract:graphql"]["source_modules"].split()) == PACKAGES - {"gql"}


def test_every_package_is_installed_and_type_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    assert set(project["setuptools"]["packages"]["find"]["include"]) == {f"{package}*" for package in PACKAGES}
    assert set(project["pyright"]["include"]) == PACKAGES | BESIDE


def test_gql_is_ours_and_not_the_client_of_that_name() -> None:
    assert Path(gql.__file__ or "").is_relative_to(ROOT)


def test_every_pinned_package_is_pinned_exactly() -> None:
    pins = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert pins
    assert not [pin for pin in pins if "==" not in pin or "/" in pin]
