"""What made-up people, companies and places are called.

Phone numbers are of the ranges kept free for fiction, domains end in `.example`.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Place(NamedTuple):
    """Where somebody is. `#` in `phone` stands for a digit."""

    country: str
    city: str
    region: str | None
    time_zone: str
    language: str
    phone: str


class Firm(NamedTuple):
    """A company."""

    name: str
    domain: str
    industry: str
    employees: int
    revenue: int


PLACES = (
    Place("US", "Chicago", "IL", "America/Chicago", "en", "+131255501##"),
    Place("US", "Boston", "MA", "America/New_York", "en", "+161755501##"),
    Place("US", "Denver", "CO", "America/Denver", "en", "+130355501##"),
    Place("CA", "Montréal", "QC", "America/Toronto", "fr", "+151455501##"),
    Place("GB", "London", None, "Europe/London", "en", "+442079460###"),
    Place("GB", "Leeds", None, "Europe/London", "en", "+441134960###"),
    Place("FR", "Paris", None, "Europe/Paris", "fr", "+3319900####"),
    Place("DE", "Berlin", None, "Europe/Berlin", "de", "+493023125###"),
    Place("DE", "Hamburg", None, "Europe/Berlin", "de", "+494066969###"),
    Place("SE", "Göteborg", None, "Europe/Stockholm", "sv", "+4631390####"),
)

_FIRST_NAMES_TEXT = """
Amélie Anders Anneke Antonia Arjun Astrid Beatrix Benedikt Camille Carlos Chiara Chloe Dalia Dario Edith Eleni Elias Emeka Farah
Felix Freya Gustav Hana Hannah Ibrahim Ines Ingrid Isaac Jasmin Joaquim Jonas Julia Kaito Katarina Kofi Lena Leonie Liam Lucía
Magnus Maja Malik Margot Mateus Mei Milan Mirela Nadia Naomi Nils Noor Olga Oscar Paulina Pedro Priya Rafael Rania Rosa Samuel
Sanna Selma Simon Sofia Tariq Theo Thora Tomás Ursula Valentin Vera Viktor Wanda Xavier Yara Yusuf Zoe
"""
FIRST_NAMES = tuple(_FIRST_NAMES_TEXT.split())
_LAST_NAMES_TEXT = """
Adeyemi Almeida Andersson Aubert Bauer Bergström Bianchi Blanc Brandt Carvalho Castillo Chen Costa Dahl Delacroix Dubois Ekström
Eriksen Fernandes Fischer Fontaine Garnier Ghosh Gruber Haddad Hansen Hoffmann Horvat Ito Jansen Kaya Keller Kowalski Lambert
Larsen Lindqvist Lopes Marchetti Mbeki Meyer Moreau Nakamura Novak Nwosu Okafor Olsen Papadakis Patel Petrov Quinn Ramos Reyes
Richter Rossi Roux Sandberg Schneider Silva Sørensen Suzuki Tanaka Teixeira Torres Vargas Vogel Wagner Walsh Weiss Yilmaz Zanetti
"""
LAST_NAMES = tuple(_LAST_NAMES_TEXT.split())

_FIRM_BEGINNINGS_TEXT = """
Alder Amber Arc Beacon Birch Bright Cedar Cobalt Copper Crest Delta Ember Falcon Fjord Granite Harbor Hazel Indigo Juniper Kestrel
Lark Linden Lumen Maple Meridian Nimbus North Oak Onyx Orchard Pine Polar Quartz Raven River Rowan Saffron Silver Spruce Summit
Terra Tidal Umber Vertex Violet Willow
"""
_FIRM_BEGINNINGS = tuple(_FIRM_BEGINNINGS_TEXT.split())
_FIRM_ENDINGS = {
    "Software": ("Labs", "Systems", "Software", "Cloud"),
    "Manufacturing": ("Works", "Precision", "Castings"),
    "Logistics": ("Freight", "Logistics", "Lines"),
    "Healthcare": ("Clinics", "Health", "Diagnostics"),
    "Financial services": ("Capital", "Insurance", "Leasing"),
    "Retail": ("Stores", "Market", "Outfitters"),
    "Energy": ("Power", "Solar", "Grid"),
    "Education": ("Academy", "Learning"),
    "Hospitality": ("Hotels", "Kitchens"),
    "Construction": ("Builders", "Timber"),
}

# With how often they come; the model counts C-level, VPs, directors and managers as senior.
TITLES = (
    ("Chief Executive Officer", 3),
    ("CTO", 4),
    ("Chief Revenue Officer", 2),
    ("VP Sales", 4),
    ("Vice President, Operations", 3),
    ("Director of Marketing", 5),
    ("Head of Procurement", 4),
    ("IT Manager", 6),
    ("Account Manager", 5),
    ("Operations Manager", 6),
    ("Sales Coordinator", 5),
    ("Software Engineer", 5),
    ("Office Administrator", 4),
    ("Business Analyst", 5),
    ("Executive Assistant to the CEO", 2),
    (None, 9),
)
_SIZES = ((1, 10), (11, 50), (51, 200), (201, 500), (501, 6000))


def firms(random: Random, count: int) -> list[Firm]:
    """Make up companies of every size; the revenue goes with the number of employees, give or take."""
    names = [
        (f"{beginning} {ending}", industry) for beginning in _FIRM_BEGINNINGS for industry, all in _FIRM_ENDINGS.items() for ending in all
    ]
    made: list[Firm] = []
    for name, industry in random.sample(names, count):
        employees = random.randint(*random.choices(_SIZES, (2, 5, 6, 4, 4))[0])
        revenue = round(employees * random.uniform(60_000, 260_000), -4)
        made.append(Firm(name, f"{name.lower().replace(' ', '-')}.example", industry, employees, int(revenue)))
    return made


def phone(random: Random, place: Place) -> str:
    """Make up a phone number of the place, in international form."""
    return "".join(str(random.randrange(10)) if digit == "#" else digit for digit in place.phone)


def mailbox(first_name: str, last_name: str, domain: str) -> str:
    """Write the address that a company gives to somebody, in plain ASCII."""
    letters = str.maketrans("éíáøöæåüñçèâ", "eiaooaauncea")
    return f"{first_name}.{last_name}@{domain}".lower().translate(letters)
