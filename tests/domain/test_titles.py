"""Titles name a level by whole words only."""

import pytest

from domain.titles import Seniority, seniority


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("CEO", Seniority.C_LEVEL),
        ("C.E.O.", Seniority.C_LEVEL),
        ("c. e. o.", Seniority.C_LEVEL),
        ("C E O", Seniority.C_LEVEL),
        ("Co-CEO", Seniority.C_LEVEL),
        ("CTO & Co-Founder", Seniority.C_LEVEL),
        ("chief executive officer", Seniority.C_LEVEL),
        ("Chief Revenue Officer", Seniority.C_LEVEL),
        ("Chief Revenue & Marketing Officer", Seniority.C_LEVEL),
        ("Chief Information Security Officer", Seniority.C_LEVEL),
        ("CRO", Seniority.C_LEVEL),
        ("SVP", Seniority.VP),
        ("V.P. Sales", Seniority.VP),
        ("Sr.VP Sales", Seniority.VP),
        ("EVP Operations", Seniority.VP),
        ("Vice President, EMEA", Seniority.VP),
        ("vice-president", Seniority.VP),
        ("VP/GM", Seniority.VP),
        ("Director of Sales", Seniority.DIRECTOR),
        ("Managing Director", Seniority.DIRECTOR),
        ("Senior Director, Data", Seniority.DIRECTOR),
        ("Director – EMEA", Seniority.DIRECTOR),
        ("Director (Sales)", Seniority.DIRECTOR),
        ("Managing Director and Company Secretary", Seniority.DIRECTOR),
        ("Account Manager", Seniority.MANAGER),
        ("Product manager", Seniority.MANAGER),
        ("Sales Mgr.", Seniority.MANAGER),
        ("Go-to-market Manager", Seniority.MANAGER),
        ("Regional Manager, PA", Seniority.MANAGER),
        ("R&D Manager", Seniority.MANAGER),
    ],
)
def test_a_title_that_names_a_level_has_it(title: str, level: Seniority) -> None:
    assert seniority(title) is level


@pytest.mark.parametrize(
    "title",
    [
        "Sales Coordinator",
        "MVP Developer",
        "Electoral Officer",
        "Vpnadmin",
        "Cook",
        "Management Trainee",
        "Directory clerk",
        "Managing Editor",
        "Actor",
    ],
)
def test_letters_inside_another_word_name_no_level(title: str) -> None:
    assert seniority(title) is None


@pytest.mark.parametrize(
    "title", ["Head of Sales", "Managing Partner", "Founder", "Owner", "President", "Team Lead", "Chief of Staff", "Engineer", "Intern"]
)
def test_other_senior_words_name_none_of_the_four_levels(title: str) -> None:
    assert seniority(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "Assistant to the Director",
        "Executive Assistant to the CEO",
        "Executive Assistant, CEO",
        "EA to the CEO & CFO",
        "CEO's Assistant",
        "Secretary, Director's office",
        "Advisor to the CEO",
        "Analyst, Office of the CEO",
        "Analyst @ Director Ltd",
        "Trainee Manager",
    ],
)
def test_somebody_elses_level_is_not_ones_own(title: str) -> None:
    assert seniority(title) is None


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Assistant Manager", Seniority.MANAGER),
        ("Assistant Vice President", Seniority.VP),
        ("Assistant Director to the CEO", Seniority.DIRECTOR),
        ("Office Manager & EA to the CEO", Seniority.MANAGER),
    ],
)
def test_an_assistant_manager_is_a_manager(title: str, level: Seniority) -> None:
    assert seniority(title) is level


@pytest.mark.parametrize(
    ("title", "level"), [("Manager and CEO", Seniority.C_LEVEL), ("Director, VP", Seniority.VP), ("Manager / Director", Seniority.DIRECTOR)]
)
def test_the_highest_of_several_levels_counts(title: str, level: Seniority) -> None:
    assert seniority(title) is level


@pytest.mark.parametrize("title", [None, "", "   ", "-", "???", "\u202e", "مدير", "部长", "🚀"])
def test_nothing_readable_names_no_level(title: str | None) -> None:
    assert seniority(title) is None


def test_full_width_letters_direction_marks_and_other_scripts_do_not_hide_a_level() -> None:
    # Full-width letters, a right-to-left override and a Hebrew word beside the title.
    assert [seniority(title) for title in ("\uff23\uff25\uff2f", "\u202eCEO", "מנהל CEO", "Man\u00adager")] == [
        Seniority.C_LEVEL,
        Seniority.C_LEVEL,
        Seniority.C_LEVEL,
        Seniority.MANAGER,
    ]


def test_of_a_huge_title_whole_words_within_the_first_200_characters_are_read() -> None:
    assert seniority("Director " + "x" * 1_000_000) is Seniority.DIRECTOR
    assert seniority("x" * 1_000_000 + " Director") is None
    assert seniority("x" * 191 + " Directory") is None
