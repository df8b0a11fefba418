"""The shipped content, held against the suppliers' own names and the method it must follow.

Every list in capitals was typed over by hand from its source, so that it can disagree with the
configs: the column names from the header of RIVM table 50090NED, the topics from the metadata of
CBS table 85984NED, the directions and slots from the project's method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from wijkprofiel.assets import Assets
from wijkprofiel.config import Config, contrast, load
from wijkprofiel.model import Domain, Framework, Indicator

RIVM = "rivm-gezondheid"
KWB = "cbs-kwb"

RIVM_COLUMNS = """
ErvarenGezondheidGoedZeerGoed VoldoetAanBeweegrichtlijn WekelijkseSporters Ondergewicht
NormaalGewicht Overgewicht ErnstigOvergewicht Roker VoldoetAanAlcoholRichtlijn Drinker
ZwareDrinker OvermatigeDrinker EenOfMeerLangdurigeAandoeningen BeperktVanwegeGezondheid
ErnstigBeperktVanwegeGezondheid LangdurigeZiekteEnBeperkt EenOfMeerLichamelijkeBeperkingen
BeperkingInHoren BeperkingInZien BeperkingInBewegen MatigHoogRisicoOpAngstOfDepressie
HoogRisicoOpAngstOfDepressie HeelVeelStressInAfgelopen4Weken MatigVeelRegieOverEigenLeven Eenzaam
ErnstigZeerErnstigEenzaam EmotioneelEenzaam SociaalEenzaam Mantelzorger Vrijwilligerswerk
LopenEnOfFietsenNaarSchoolOfWerk LopenNaarSchoolOfWerk FietsenNaarSchoolOfWerk
ErnstigeGeluidhinderDoorBuren MoeiteMetRondkomen
"""
"""The 35 topics of 50090NED, in the order of its header, without their numbers."""

KWB_TOPICS = """
AantalInwoners Mannen Vrouwen k_0Tot15Jaar k_15Tot25Jaar k_25Tot45Jaar k_45Tot65Jaar
k_65JaarOfOuder Nederland EuropaExclusiefNederland BuitenEuropa HuishoudensTotaal
Eenpersoonshuishoudens GemiddeldeHuishoudensgrootte Bevolkingsdichtheid
GemiddeldeWOZWaardeVanWoningen PercentageEengezinswoning Koopwoningen GemiddeldInkomenPerInwoner
MateVanStedelijkheid Omgevingsadressendichtheid OppervlakteLand AfstandTotHuisartsenpraktijk
AfstandTotGroteSupermarkt AfstandTotSchool ScholenBinnen3Km Nettoarbeidsparticipatie
HuishoudensMetEenLaagInkomen PersonenPerSoortUitkeringBijstand WmoClientenRelatief
PercentageJongerenMetJeugdzorg
"""
"""Topics of 85984NED that the contract of the project names, as they stand in its metadata."""

KWB_DOUBLES = {"Nederland", "EuropaExclusiefNederland", "BuitenEuropa"}
"""Names that 85984NED uses two or three times; the group 'Herkomstland' is the one meant."""

BETTER = """
ervaren-gezondheid beweegrichtlijn wekelijkse-sporters alcoholrichtlijn lopen-of-fietsen
lopen-naar-werk fietsen-naar-werk zeer-hoge-veerkracht regie-eigen-leven vrijwilligerswerk
arbeidsparticipatie leefbaarometer
"""
WORSE = """
langdurige-aandoening overgewicht ernstig-overgewicht rokers zware-drinkers overmatige-drinkers
beperking-horen beperking-zien psychische-klachten hoog-risico-angst-depressie veel-stress
zeer-lage-veerkracht suicidegedachten eenzaam ernstig-eenzaam emotioneel-eenzaam sociaal-eenzaam
mist-emotionele-steun beperkt-door-gezondheid ernstig-beperkt-door-gezondheid
langdurig-ziek-en-beperkt beperking-bewegen lichamelijke-beperking bijstand moeite-met-rondkomen
geluidhinder-buren laag-inkomen misdrijven
"""
"""Method, section 8: up and down arrows. Everything that is in neither list is neutral."""

SLOTS = """
ervaren gezondheid|u|lichaamsfuncties|gezondheidsbeleving|ervaren-gezondheid
aandoening|u|lichaamsfuncties|gezondheidsbeleving|langdurige-aandoening
bewegen|d|lichaamsfuncties|leefstijl|beweegrichtlijn wekelijkse-sporters
gewicht|d|lichaamsfuncties|leefstijl|overgewicht ernstig-overgewicht
roken|d|lichaamsfuncties|leefstijl|rokers
alcohol|d|lichaamsfuncties|leefstijl|alcoholrichtlijn zware-drinkers overmatige-drinkers
zintuig|u|lichaamsfuncties|gezondheidsbeleving|beperking-horen beperking-zien
psychisch|u|mentaal-welbevinden|gezondheidsbeleving|psychische-klachten hoog-risico-angst-depressie
stress|u|mentaal-welbevinden|gezondheidsbeleving|veel-stress
veerkracht|u|mentaal-welbevinden|gezondheidsbeleving|zeer-lage-veerkracht zeer-hoge-veerkracht
regie|u|zingeving|gezondheidsbeleving|regie-eigen-leven
eenzaamheid|u|meedoen|sociale-omgeving|eenzaam ernstig-eenzaam emotioneel-eenzaam sociaal-eenzaam
steun|u|meedoen|sociale-omgeving|mist-emotionele-steun
vrijwilligerswerk|d|meedoen|participatie|vrijwilligerswerk
beperking|u|dagelijks-functioneren|gezondheidsbeleving|beperkt-door-gezondheid \
ernstig-beperkt-door-gezondheid langdurig-ziek-en-beperkt
lichamelijke beperking|u|dagelijks-functioneren|gezondheidsbeleving|beperking-bewegen \
lichamelijke-beperking
werk|d|dagelijks-functioneren|participatie|arbeidsparticipatie bijstand
rondkomen|d|kwaliteit-van-leven|participatie|moeite-met-rondkomen laag-inkomen
geluid|d|kwaliteit-van-leven|fysieke-omgeving|geluidhinder-buren
woonomgeving|d|kwaliteit-van-leven|fysieke-omgeving|leefbaarometer misdrijven
""".strip().splitlines()
"""Method, section 8: slot, u(itkomst) or d(eterminant), both domains, the indicators."""

DOMAINS = {
    "positieve-gezondheid": "lichaamsfuncties mentaal-welbevinden zingeving kwaliteit-van-leven "
    "meedoen dagelijks-functioneren",
    "wijzer-in-de-wijk": "leefstijl sociale-omgeving participatie fysieke-omgeving "
    "gezondheidsbeleving",
}
"""The fixed order of the axes and of the pages."""

PROFILES = {
    "alphen-noord": "WK048401 WK048402 WK048403",
    "stevenshof": "WK054609",
    "den-haag-zuidwest": "WK051836 WK051833 WK051834",
    "moerwijk": "WK051836",
    "bouwlust-vrederust": "WK051833",
    "morgenstond": "WK051834",
    "leidsche-rijn": "WK034409",
    "leidsche-rijn-vleuten-de-meern": "WK034409 WK034410",
    "utrecht-oost": "WK034405",
    "kanaleneiland": "BU03440821 BU03440831 BU03440832",
    "nieuwegein": "GM0356",
    "groz-utrecht": "WK034405 BU03440821 BU03440831 BU03440832 GM0356",
    "achtse-barrier": "BU07725220 BU07725230 BU07725240",
    "gemert-centrum": "WK165200",
}
"""The areas that must work, with the codes they are made of."""

AVOID = re.compile(
    r"\b(prevalentie\w*|significant\w*|indicator\w*|\w*problematiek|doelgroep\w*|interventies?)\b",
    re.IGNORECASE,
)
"""Words that a reader does not need."""


@pytest.fixture(scope="module")
def config() -> Config:
    return load(Assets.of())


def _names(indicator: Indicator, table: str, edition: str) -> list[str]:
    found = [s.keys.get(edition, s.keys.get("all")) for s in indicator.sources if s.table == table]
    return [name for name in found if name]


def _placed(framework: Framework) -> Iterator[tuple[Domain, str, str, str, str]]:
    for domain in framework.domains:
        for slot in domain.slots:
            for row in slot.indicators:
                yield domain, slot.id, slot.kind, row.id, row.basis


# --- indicators -----------------------------------------------------------------------------


def test_every_column_of_the_health_table_is_configured_once(config: Config) -> None:
    names = [n for i in config.indicators.values() for n in _names(i, RIVM, "50090NED")]
    later = {"PsychischeKlachten", "ZeerLageVeerkracht", "SuicideGedachtenLaatste12Maanden"}
    assert sorted(names) == sorted(RIVM_COLUMNS.split())
    assert len(names) == 35
    assert not later & set(names)


@pytest.mark.parametrize(
    ("edition", "indicator", "name"),
    [
        ("50120NED", "ervaren-gezondheid", "ErvarenGezondheidGoedZeerGoed"),
        ("50150NED", "ervaren-gezondheid", "GoedErvarenGezondheid"),
        ("50120NED", "ernstig-eenzaam", "ErnstigZeerErnstigEenzaam"),
        ("50150NED", "ernstig-eenzaam", "SterkEenzaam"),
        ("50150NED", "eenzaam", "Eenzaam"),
        ("50120NED", "mist-emotionele-steun", "MistEmotioneleSteun"),
    ],
)
def test_renamed_columns_are_bound_per_edition(
    config: Config, edition: str, indicator: str, name: str
) -> None:
    assert _names(config.indicators[indicator], RIVM, edition) == [name]


def test_every_kwb_topic_is_configured_and_doubles_name_their_group(config: Config) -> None:
    bound = {
        name: source.group
        for i in config.indicators.values()
        for source in i.sources
        if source.table == KWB
        for name in _names(i, KWB, "85984NED")
    }
    assert set(bound) == set(KWB_TOPICS.split())
    assert {name for name, group in bound.items() if group} == KWB_DOUBLES
    assert {bound[name] for name in KWB_DOUBLES} == {"Herkomstland"}


def test_every_direction_is_that_of_the_method(config: Config) -> None:
    expected = dict.fromkeys(BETTER.split(), "better")
    expected |= dict.fromkeys(WORSE.split(), "worse")
    found = {i.id: i.direction for i in config.indicators.values()}
    assert found == dict.fromkeys(found, "neutral") | expected


@pytest.mark.parametrize(
    ("indicator", "above", "below", "published"),
    [
        ("bevolkingsdichtheid", 374238, 9377, 3991),
        ("huishoudensgrootte", 374238, 193267, 1.9),
        ("aandeel-0-14", 59098, 374238, 16),
        ("aandeel-65-plus", 40261, 374238, 11),
    ],
)
def test_ratios_give_the_figures_of_utrecht(
    config: Config, indicator: str, above: float, below: float, published: float
) -> None:
    """KWB 2024, gemeente Utrecht: 374238 people, 9377 ha of land; density and size published."""
    chosen = config.indicators[indicator]
    value = above / below * chosen.ratio_factor
    assert round(value, chosen.decimals) == published


def test_health_figures_weigh_with_the_people_nearest_to_adults(config: Config) -> None:
    for indicator in config.indicators.values():
        if indicator.population.endswith("(18+)"):
            assert (indicator.combine, indicator.weight) == ("mean", "inwoners-15-plus")
    weight = config.indicators["inwoners-15-plus"]
    ages = ["leeftijd-15-24", "leeftijd-25-44", "leeftijd-45-64", "leeftijd-65-plus"]
    assert sorted(weight.sum_of) == ages


def test_a_share_of_people_can_be_told_in_both_directions(config: Config) -> None:
    for i in config.indicators.values():
        if i.unit != "percent" or i.population == "woningen":
            continue
        assert i.phrase, i.id
        assert i.phrase_not, i.id
        assert i.phrase != i.phrase_not
        for phrase in (i.phrase, i.phrase_not):
            assert phrase[0].islower(), i.id
            assert phrase[-1] not in ".,", i.id
            assert len(phrase) <= 60, i.id


def test_titles_are_short_and_tell_one_indicator_from_another(config: Config) -> None:
    titles = [i.title for i in config.indicators.values()]
    assert max(map(len, titles)) <= 32
    assert len(set(titles)) == len(titles)


def test_the_degree_of_urbanisation_has_five_words(config: Config) -> None:
    """CBS: 1 very strongly urban to 5 not urban."""
    classes = config.indicators["stedelijkheid"].classes
    assert sorted(classes) == ["1", "2", "3", "4", "5"]
    assert classes["1"] == "zeer sterk stedelijk"
    assert classes["5"] == "niet stedelijk"


# --- frameworks -----------------------------------------------------------------------------


@pytest.mark.parametrize(("framework", "column"), [(name, i) for i, name in enumerate(DOMAINS)])
def test_slots_are_those_of_the_method(config: Config, framework: str, column: int) -> None:
    kinds = {"u": "outcome", "d": "determinant"}
    expected = set()
    for row in SLOTS:
        slot, kind, *domains, ids = row.split("|")
        expected |= {
            (domains[column], slot.replace(" ", "-"), kinds[kind], indicator)
            for indicator in ids.split()
        }
    found = {(d.id, s, k, i) for d, s, k, i, _ in _placed(config.frameworks[framework])}
    assert found == expected


@pytest.mark.parametrize("framework", DOMAINS)
def test_domains_stand_in_their_fixed_order(config: Config, framework: str) -> None:
    assert [d.id for d in config.frameworks[framework].domains] == DOMAINS[framework].split()


@pytest.mark.parametrize("framework", DOMAINS)
def test_every_row_says_why_it_stands_there(config: Config, framework: str) -> None:
    reason = re.compile(r"Huber|OECD|RIVM|Wijzer in de Wijk|eigen keuze|Deel van|Overlapt|Bevat")
    for domain, _, _, indicator, basis in _placed(config.frameworks[framework]):
        assert len(basis) >= 25, (domain.id, indicator)
        assert reason.search(basis), (domain.id, indicator, basis)


@pytest.mark.parametrize("framework", DOMAINS)
def test_a_domain_needs_two_thirds_and_two_slots(config: Config, framework: str) -> None:
    """Two of three equal slots must pass: 0.67 written out would silently refuse them."""
    coverage = config.frameworks[framework].coverage
    assert coverage.slots == 2
    assert 0.6 < coverage.share <= 2 / 3


def test_thoughts_of_suicide_are_off_and_carry_the_help_line(config: Config) -> None:
    indicator = config.indicators["suicidegedachten"]
    assert indicator.sensitive
    assert "113" in indicator.sensitive
    assert "0800-0113" in indicator.sensitive
    for framework in config.frameworks.values():
        assert indicator.id not in {i for *_, i, _ in _placed(framework)}
        for domain in framework.domains:
            shown = (*domain.context, *domain.pages.rows, *domain.pages.trends, *domain.pages.facts)
            assert indicator.id not in shown


def test_the_web_says_what_it_is_not(config: Config) -> None:
    note = config.frameworks["positieve-gezondheid"].note
    for words in ("gespreksinstrument", "geen meetinstrument", "0 tot 10", "zoals Nederland"):
        assert words in note


def test_a_theme_page_shows_topics_of_its_own_theme(config: Config) -> None:
    for domain in config.frameworks["wijzer-in-de-wijk"].domains:
        own = {row.id for slot in domain.slots for row in slot.indicators} | set(domain.context)
        assert domain.pages.rows
        assert set(domain.pages.rows) <= own
        assert set(domain.pages.trends) <= own
        assert set(domain.pages.facts) <= own
        assert domain.question.endswith("?")


# --- sources, style, project ----------------------------------------------------------------


def test_sources_know_their_editions(config: Config) -> None:
    rivm, kwb = config.sources[RIVM], config.sources[KWB]
    assert {e.table: e.division for e in rivm.editions} == {
        "50090NED": 2020,
        "50120NED": 2022,
        "50150NED": 2024,
    }
    assert rivm.editions[0].comparable == (("2012", "2016", "2020"),)
    assert rivm.model_figures
    assert not kwb.model_figures
    assert rivm.filters == {"Leeftijd": "20300"}
    assert rivm.margins == {"value": "MW00000", "lower": "MOG0095", "upper": "MBG0095"}
    tables = "84583NED 84799NED 85039NED 85318NED 85618NED 85984NED 86165NED"
    assert [e.table for e in kwb.editions] == tables.split()
    assert [e.periods for e in kwb.editions] == [(str(year),) for year in range(2019, 2026)]
    assert (rivm.licence, kwb.licence) == ("CC BY 4.0", "CC BY 4.0")


@pytest.mark.parametrize(
    ("theme", "printed"),
    [
        ("leefstijl", 5.9),
        ("sociaal", 5.8),
        ("participatie", 6.7),
        ("fysiek", 6.0),
        ("beleving", 6.1),
    ],
)
def test_theme_colours_have_the_contrast_the_designer_measured(
    config: Config, theme: str, printed: float
) -> None:
    colours = config.styles["buurt"].themes[theme]
    assert contrast.ratio(colours.deep, colours.tint) == pytest.approx(printed, abs=0.05)


def test_the_project_has_one_date_and_two_countries(config: Config) -> None:
    project = config.project
    assert project.edition.date.isoformat() == "2026-11-21"
    assert project.periods == {RIVM: "2020", KWB: "2024"}
    assert (project.country[RIVM], project.country[KWB]) == ("NL01", "NL00")
    assert project.boundary_year == 2024


# --- profiles and words ---------------------------------------------------------------------


def test_profiles_are_made_of_the_areas_that_must_work(config: Config) -> None:
    assert not config.broken_profiles
    assert {slug: set(p.areas) for slug, p in config.profiles.items()} == {
        slug: set(codes.split()) for slug, codes in PROFILES.items()
    }


def test_every_profile_area_exists_in_the_sample(config: Config) -> None:
    from wijkprofiel.sources import folder

    areas = folder.load(config).areas
    known = set(areas.loc[areas["boundary_year"] == config.project.boundary_year, "code"])
    for slug, profile in config.profiles.items():
        assert set(profile.areas) <= known, slug


def test_quotes_are_the_two_that_were_published(config: Config) -> None:
    quotes = [(slug, q) for slug, p in config.profiles.items() for q in p.quotes]
    assert len({q.text for _, q in quotes}) == 2
    assert {q.consent for _, q in quotes} == {"published"}
    assert {q.source for _, q in quotes} == {"www.wijzerindewijk.nl"}
    for slug, _ in quotes:
        assert "Wijzer in de Wijk" in config.profiles[slug].programme


def test_model_figures_never_measure_a_goal(config: Config) -> None:
    model = {name for name, source in config.sources.items() if source.model_figures}
    goals = [g for p in config.profiles.values() for g in p.goals]
    assert goals
    for goal in goals:
        tables = config.indicators[goal.indicator].sources if goal.indicator else ()
        assert not {s.table for s in tables} & model
        assert goal.indicator or goal.measure


def test_the_assumption_about_alphen_noord_is_told(config: Config) -> None:
    assert "Aanname" in config.profiles["alphen-noord"].areas_note


def test_catalogue_levels_say_when_and_where_they_were_checked(config: Config) -> None:
    assert config.interventions
    for item in config.interventions:
        assert item.checked.isoformat() == "2026-11-21"
        assert re.search(r"loketgezondleven|kenniscentrumsportenbewegen|movisie", item.source)
    levels = {item.name: item.level for item in config.interventions}
    for profile in config.profiles.values():
        for planned in profile.interventions:
            if planned.level:
                assert planned.level == levels[planned.name]


def _words_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _words_of(part)


def _printed_texts(config: Config) -> Iterator[tuple[str, str]]:
    for i in config.indicators.values():
        for text in (i.title, i.brief, i.phrase, i.phrase_not, i.definition, i.sensitive):
            yield i.id, text or ""
    for framework in config.frameworks.values():
        yield framework.id, framework.note
        yield framework.id, framework.description
        for domain in framework.domains:
            for text in (domain.title, domain.subject, domain.question, domain.pages.facts_title):
                yield domain.id, text
    for slug, profile in config.profiles.items():
        for text in _words_of(profile.model_dump()):
            yield slug, text
    for item in config.interventions:
        yield item.name, f"{item.name} {item.for_whom}"


def test_no_word_that_a_reader_does_not_need(config: Config) -> None:
    texts = list(_printed_texts(config))
    assert AVOID.search("Deze Interventie is significant.")
    assert [(where, text) for where, text in texts if AVOID.search(text)] == []
    assert [(where, text) for where, text in texts if "—" in text] == []


def test_sentences_are_short(config: Config) -> None:
    long = [
        (where, sentence)
        for where, text in _printed_texts(config)
        for sentence in re.split(r"(?<=[.?!:])\s+", text.strip())
        if len(sentence.split()) > 25
    ]
    assert long == []
