"""The people's part of the shipped profiles against docs/seeds.md, and consent, end to end.

The lists in capitals were typed over from the seeds, in the words of the profiles.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pypdfium2
import pytest

import sample
from terminal import run
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, plan
from wijkprofiel.model import AreaProfile

WIJZER = ("alphen-noord", "stevenshof", "den-haag-zuidwest", "moerwijk", "bouwlust-vrederust",
          "morgenstond")  # fmt: skip
ALLIANCE = ("leidsche-rijn", "leidsche-rijn-vleuten-de-meern")
GROZ = ("utrecht-oost", "kanaleneiland", "nieuwegein", "groz-utrecht")
ROBUUST = ("achtse-barrier", "gemert-centrum")

TIPS = (
    "deur open", "serieus", "vanaf het begin", "praten makkelijk", "elk jaar concrete doelen",
    "geld en ruimte", "aanbod kennen", "wie wat doet", "één persoon het overzicht", "Neem de tijd",
)  # fmt: skip
"""Open structure; take residents seriously; involve everyone from the start; dialogue easy and
celebrate; shared ambition with yearly goals; agreements on means; know each other's offer; clear
tasks and time; one coordinating role and clear communication; give it time."""

WORK_GROUPS = ("voeding", "beweging", "ontspanning", "meedoen", "voor elkaar zorgen",
               "leefomgeving")  # fmt: skip
RESULTS = ("recept", "Dierenweide", "Bomen en bloemen", "Toestellen", "buurtcentrum", "jongeren",
           "Thuis de gezondheid meten")  # fmt: skip


def people(slug: str) -> AreaProfile:
    return sample.config().profiles[slug]


def texts(slug: str) -> str:
    return re.sub(r"\s+", " ", str(people(slug).model_dump()))


def test_every_area_that_must_work_belongs_to_one_of_the_projects() -> None:
    assert sorted((*WIJZER, *ALLIANCE, *GROZ, *ROBUUST)) == sorted(sample.config().profiles)


@pytest.mark.parametrize("slug", WIJZER)
def test_wijzer_in_de_wijk(slug: str) -> None:
    found = people(slug)
    assert "Wijzer in de Wijk" in found.programme
    assert {quote.who for quote in found.quotes} == {"resident", "professional"}
    assert {"Zorgbelang Inclusief", "RIVM", "GGD Hollands Midden"} <= {
        partner.name for partner in found.partners
    }
    assert "ZonMw" in found.funding
    assert found.contact is not None
    assert found.contact.url == "https://www.wijzerindewijk.nl"


@pytest.mark.parametrize("slug", [slug for slug in WIJZER if slug != "stevenshof"])
def test_the_two_phases_are_the_plan(slug: str) -> None:
    when = [action.when for action in people(slug).actions]
    assert when == ["klaar eind 2019", "klaar eind 2019", "2020–2022"]


def test_alphen_has_welzijn_op_recept_that_began_in_ridderveld() -> None:
    found = people("alphen-noord")
    assert [item.name for item in found.initiatives] == ["Welzijn op Recept"]
    assert found.interventions[0].status == "begonnen in Ridderveld"


def test_stevenshof_has_ten_tips_six_work_groups_and_yearly_goals() -> None:
    found = people("stevenshof")
    assert len(found.lessons) == len(TIPS)
    for tip, lesson in zip(TIPS, found.lessons, strict=True):
        assert tip in lesson
    assert [action.who for action in found.actions] == [f"Werkgroep {name}" for name in WORK_GROUPS]
    names = " ".join(item.name for item in found.initiatives)
    for result in RESULTS:
        assert result in names
    assert {item.name for item in found.interventions} == {
        "Leefstijlprogramma (GLI)", "Welzijn op Recept",
    }  # fmt: skip
    assert "jaar" in found.goals[0].title
    assert {"Zorg en Zekerheid", "Gemeente Leiden"} <= {p.name for p in found.partners}


@pytest.mark.parametrize("slug", ALLIANCE)
def test_the_alliance_has_its_own_figure_and_no_target_that_nobody_published(slug: str) -> None:
    found = people(slug)
    assert {"Welkom in de wijk", "Indekerngezond", "Leidsche Rijn Maken We Samen"} <= {
        item.name for item in found.initiatives
    }
    goal = found.goals[0]
    assert (goal.baseline, goal.unit, goal.source) == (45, "%", "eigen cijfer van de alliantie")
    assert (goal.target, goal.year, goal.now, goal.indicator) == (None, None, None, None)
    assert "45 procent" in texts(slug)
    made = make_profile(
        sample.config(), sample.dataset(),
        plan(sample.config(), sample.dataset(), [slug], Order())[0],
    )  # fmt: skip
    assert made.goals[0].status.value == "unknown"


@pytest.mark.parametrize("slug", GROZ)
def test_groz_has_its_themes_t_and_links_w(slug: str) -> None:
    found = people(slug)
    assert [p.source for p in found.priorities] == ["programme"] * 3
    reasons = " ".join(p.why for p in found.priorities)
    for theme in ("leefstijl dicht bij huis", "zorg voor elkaar", "vitaal werken in de wijk"):
        assert theme in reasons
    told = " ".join(found.lessons)
    for link in ("basis in de wijk", "wijkportaal", "ander geld", "ondernemen", "waardeer"):
        assert link in told or link.capitalize() in told
    names = {item.name for item in found.initiatives}
    assert names == {"Wijkportaal", "Wijkdebat", "Buurtcampus"}


@pytest.mark.parametrize("slug", ROBUUST)
def test_robuust_has_a_dialogue_still_to_be_held(slug: str) -> None:
    found = people(slug)
    assert found.dialogue.form
    assert not found.dialogue.held
    assert found.dialogue.date is None
    assert {"bewoners", "zorg", "welzijn", "gemeente"} == set(found.dialogue.roles)
    assert {p.name for p in found.partners} == {"GGD", "ROS Robuust"}


def test_what_is_made_up_is_marked_and_facts_are_not() -> None:
    """No shipped profile holds an illustration, so none is marked as one: no votes, no people."""
    for slug, found in sample.config().profiles.items():
        assert not found.example, slug
        assert not found.dialogue.votes
        assert not found.dialogue.notes
        assert found.dialogue.number is None
        assert (found.wishes, found.missing, found.strengths) == ((), (), ())


# --- consent ------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert run("init", "ggd", "--gemeente", "GM0546", cwd=tmp_path).code == 0
    profiles = tmp_path / "ggd/configs/profiles"
    source = sample.config().assets.find("configs/profiles/stevenshof.yaml")
    shutil.copy(source, profiles / "stevenshof.yaml")
    return tmp_path / "ggd"


@pytest.mark.parametrize("consent", ["", "    consent: false\n", "    consent: published\n"])
def test_a_quote_without_consent_stops_that_area_and_no_other(consent: str, project: Path) -> None:
    path = project / "configs/profiles/leiden.yaml"
    words = "Ik ken hier niemand meer sinds mijn buurvrouw weg is."
    quote = f"quotes:\n  - text: {words}\n    who: resident\n{consent}"
    path.write_text(path.read_text(encoding="utf-8") + quote, encoding="utf-8")
    outcome = run("build", "leiden", "stevenshof", "--format", "folder", cwd=project)
    assert outcome.code == 1
    assert "leiden: not built" in outcome.err
    assert "1 of 2 areas built" in outcome.err
    assert re.search(r"configs/profiles/leiden\.yaml:\d+  quotes\[0\]", outcome.err)
    assert words not in outcome.err
    written = {p.parent.name for p in (project / "output").rglob("*") if p.is_file()}
    assert written == {"stevenshof"}
    assert [Path(line).parent.name for line in outcome.out.splitlines()] == ["stevenshof"]


def test_with_consent_the_quote_is_printed(project: Path) -> None:
    path = project / "configs/profiles/leiden.yaml"
    quote = "quotes:\n  - {text: Hier groet iedereen mij., who: resident, consent: true}\n"
    path.write_text(path.read_text(encoding="utf-8") + quote, encoding="utf-8")
    outcome = run("build", "leiden", "--format", "folder", cwd=project)
    assert outcome.code == 0, outcome.err
    document = pypdfium2.PdfDocument(Path(outcome.out.split()[0]))
    told = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Hier groet iedereen mij." in " ".join(told.split())
