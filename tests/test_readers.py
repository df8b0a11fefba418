"""Where nobody lives: what is for residents is not made, and nothing says that it was.

Oostduinen (WK051801) has 0 inhabitants by CBS, Kerncijfers wijken en buurten 2024.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path

import pytest

import made_up
import sample
from terminal import run
from wijkprofiel.build.make import make_profile
from wijkprofiel.build.plan import Order, Task, for_readers, plan
from wijkprofiel.documents.desk import Desk
from wijkprofiel.documents.view import View
from wijkprofiel.errors import ConfigError
from wijkprofiel.model import Profile, Severity, Status

EMPTY, SLUG = "WK051801", "oostduinen"
OUTPUTS = (("factsheet", "pdf"), ("folder", "pdf"), ("presentatie", "pptx"), ("web", "html"))
TASK = Task("molenwijk", None, "WK00000001", OUTPUTS, ("folder",))


def living(people: int | None) -> Profile:
    """The made-up wijk with so many inhabitants."""
    part = dataclasses.replace(made_up.WIJK, population=people)
    return made_up.profile(area=made_up.own_area(parts=(part,)))


# --- what is left of an order ---------------------------------------------------------------------


def test_where_nobody_lives_nothing_is_made_for_residents() -> None:
    task, (told,) = for_readers(TASK, living(0), made_up.config())
    assert task.outputs == (("factsheet", "pdf"), ("web", "html"))
    assert task.bleed == ()
    assert (told.code, told.severity, told.where) == (
        "no-residents",
        Severity.WARNING,
        "molenwijk",
    )
    assert told.message == "nobody lives in Molenwijk: not made: folder, presentatie"


@pytest.mark.parametrize("people", [1, 45, None])
def test_anybody_and_nobody_knows_are_not_nobody(people: int | None) -> None:
    assert for_readers(TASK, living(people), made_up.config()) == (TASK, ())


def test_a_document_type_says_itself_who_reads_it() -> None:
    config = made_up.config()
    spec = config.documents["folder"].model_copy(update={"readers": "professionals"})
    config = dataclasses.replace(config, documents={**config.documents, "folder": spec})
    task, (told,) = for_readers(TASK, living(0), config)
    assert ("folder", "pdf") in task.outputs
    assert task.bleed == ("folder",)
    assert told.message.endswith("not made: presentatie")


def test_an_order_of_which_nothing_is_left_is_refused() -> None:
    asked = dataclasses.replace(TASK, outputs=(("folder", "pdf"),))
    with pytest.raises(ConfigError) as refused:
        for_readers(asked, living(0), made_up.config())
    (problem,) = refused.value.problems
    assert problem.where == "molenwijk"
    assert problem.message == "nobody lives in Molenwijk: not made: folder"
    assert "what can be made: " in str(problem)
    offered = str(problem).rsplit("what can be made: ", 1)[1].split(", ")
    assert {"factsheet", "web", "data"} <= set(offered)
    assert not {"folder", "presentatie", "dialoog", "vergelijking"} & set(offered)


# --- the commands ---------------------------------------------------------------------------------


def test_the_factsheet_and_the_page_are_made_and_link_to_no_other(tmp_path: Path) -> None:
    done = run("build", EMPTY, "--format", "all", "-o", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    assert "nobody lives in Oostduinen: not made: folder, presentatie" in " ".join(done.err.split())
    folder = tmp_path / SLUG
    made = {path.name for path in folder.iterdir()}
    assert {f"{SLUG}-factsheet.pdf", f"{SLUG}-web.html", f"{SLUG}-data.xlsx"} <= made
    assert not {name for name in made if "folder" in name or "presentatie" in name}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert {item["file"] for item in manifest["documents"]} == made - {"manifest.json"}
    assert "no-residents" in {finding["code"] for finding in manifest["findings"]}
    done = run("portal", "-o", tmp_path, cwd=tmp_path)
    assert done.code == 0, done.err
    for page, start in ((folder / f"{SLUG}-web.html", folder), (tmp_path / "index.html", tmp_path)):
        links = re.findall(r'href="([^"#:]+)"', page.read_text())
        assert links
        assert [link for link in links if not (start / link).exists()] == []


def test_a_folder_alone_is_an_error_of_that_area_only(tmp_path: Path) -> None:
    order = ("--format", "folder", "-o", tmp_path)
    done = run("build", EMPTY, "rietveld", *order, cwd=tmp_path)
    assert done.code == 1
    assert "nobody lives in Oostduinen: not made: folder" in done.err
    assert (tmp_path / "rietveld" / "rietveld-folder.pdf").is_file()
    assert not (tmp_path / SLUG / f"{SLUG}-folder.pdf").exists()


def test_there_is_no_wijkdialoog_where_nobody_lives(tmp_path: Path) -> None:
    done = run("dialogue", EMPTY, "-o", tmp_path, cwd=tmp_path)
    assert done.code != 0
    assert "nobody lives in Oostduinen" in done.err
    assert not list(tmp_path.rglob("*.pdf"))
    assert not list(tmp_path.rglob("*.yaml"))


# --- the page -------------------------------------------------------------------------------------


def tiles(name: str) -> list[tuple[str, str]]:
    """Title, and number or reason, of the key figures of an area of the sample."""
    config, data = sample.config(), sample.dataset()
    (task,) = plan(config, data, [name], Order())
    desk = Desk.of(make_profile(config, data, task), config.documents["factsheet"], config)
    found = View(desk).key_figures.tiles
    return [(tile.title, tile.word or tile.number) for tile in found]


def test_the_page_leaves_out_what_cannot_be_counted() -> None:
    # CBS: 0 inhabitants, weinig stedelijk; households, ages and density are not given.
    assert tiles(EMPTY) == [("Inwoners", "0"), ("Stedelijkheid", "weinig stedelijk")]


def test_a_figure_that_is_not_there_takes_no_tile_where_the_others_suffice() -> None:
    # The sample has no Eenpersoonshuishoudens; seven others fill the room.
    asked = len(sample.config().documents["factsheet"].key_figures)
    assert len(tiles("rietveld")) == asked - 1
    assert "Eenpersoonshuishoudens" not in dict(tiles("rietveld"))


def test_where_few_figures_are_known_the_others_come_last_and_say_why() -> None:
    config, data = sample.config(), sample.dataset()
    (task,) = plan(config, data, ["rietveld"], Order())
    of = make_profile(config, data, task)
    lost = {
        name: dataclasses.replace(
            of.topics[name],
            figure=dataclasses.replace(
                of.topics[name].figure, value=None, status=Status.SUPPRESSED
            ),
        )
        for name in ("huishoudens", "aandeel-0-14")
    }
    desk = Desk.of(
        dataclasses.replace(of, topics={**of.topics, **lost}), config.documents["factsheet"], config
    )
    found = [(tile.title, tile.word) for tile in View(desk).key_figures.tiles]
    asked = [of.topics[name].indicator.title for name in lost]
    assert [word for _, word in found[:5]] == [""] * 5
    assert found[5:] == [
        (asked[0], "te weinig mensen"),
        ("Eenpersoonshuishoudens", "niet in deze gegevens"),
        (asked[1], "te weinig mensen"),
    ]
