"""The register comes in whole or not at all, and says what changes."""

from collections import Counter

import pytest

from respondents.register.importing import import_register
from respondents.register.models import Authority, Board
from respondents.tabular.lines import FileRefused
from tests.builders import AUTHORITIES_HEAD, BOARDS_HEAD, REGISTER, TWO_AUTHORITIES, TWO_BOARDS, whole_register

pytestmark = pytest.mark.django_db

BARNET = "barnet,Barnet Local Safeguarding Children Board,Barnet,Outer London,London borough,E09000003\n"


def load(authorities: str = TWO_AUTHORITIES, boards: str = TWO_BOARDS, *, dry_run: bool = False) -> tuple[str, ...]:
    return tuple(str(import_register(authorities.encode(), boards.encode(), dry_run=dry_run)).splitlines())


def problems(authorities: str = TWO_AUTHORITIES, boards: str = TWO_BOARDS) -> list[str]:
    with pytest.raises(FileRefused) as refused:
        load(authorities, boards)
    assert not Authority.objects.exists()
    assert not Board.objects.exists()
    return [str(problem) for problem in refused.value.problems]


def test_the_whole_register_of_2012_comes_in() -> None:
    whole_register()

    types = Counter(Board.objects.values_list("authority_type", flat=True))
    assert types == {"London borough": 32, "Metropolitan": 36, "Unitary": 53, "County": 27}
    assert Authority.objects.count() == 152
    joint = Board.objects.get(slug="leicestershire-and-rutland")
    assert [cover.authority.name for cover in joint.coverage.all()] == ["Leicestershire", "Rutland"]


def test_a_second_import_changes_nothing() -> None:
    load()

    assert load() == ("Authorities: 0 added, 3 unchanged.", "Boards: 0 added, 2 unchanged.")


def test_a_dry_run_says_what_would_change_and_stores_nothing() -> None:
    assert load(dry_run=True) == ("Authorities: 3 added.", "Boards: 2 added.")
    assert not Board.objects.exists()


def test_changed_rows_are_told_and_boards_not_in_the_file_are_left() -> None:
    load()

    outcome = load(boards=BOARDS_HEAD + BARNET.replace("Barnet,Outer", "Chipping Barnet,Outer"))

    assert outcome[1] == "Boards: 0 added, 1 changed, 1 not in the file and left as they are."
    assert Board.objects.get(slug="barnet").area_name == "Chipping Barnet"


def test_coverage_can_move_from_one_board_to_another() -> None:
    load()

    moved = TWO_BOARDS.replace("E10000007;E06000015", "E10000007")
    load(boards=moved + "derby,Derby Local Safeguarding Children Board,Derby,East Midlands,Unitary,E06000015\n")

    covered = {b.slug: [a.gss_code for a in b.authorities.order_by("coverage__position")] for b in Board.objects.all()}
    assert covered == {"barnet": ["E09000003"], "derby-and-derbyshire": ["E10000007"], "derby": ["E06000015"]}


def test_every_bad_line_of_both_files_is_told_at_once() -> None:
    told = problems(
        authorities=AUTHORITIES_HEAD
        + "E09000003,Barnet,London,Outer London\nX1,Nowhere,County,Mars\nE09000003,,County,South East\n",
        boards=BOARDS_HEAD + BARNET + BARNET.replace("E09000003", "E09999999").replace("London borough", "Borough"),
    )

    assert told == [
        (
            "line 2, authorities file, column authority_type: “London” is not known. "
            "Use one of: London borough, Metropolitan, Unitary, County."
        ),
        (
            "line 3, authorities file, column region: “Mars” is not known. Use one of: North East, North West, "
            "Yorkshire and the Humber, East Midlands, West Midlands, East of England, Inner London, Outer London, "
            "South East, South West."
        ),
        "line 4, authorities file, column gss_code: “E09000003” stands on line 2 already. Remove one.",
        "line 3, authorities file, column gss_code: “X1” is not an ONS code such as E09000003. Correct the cell.",
        "line 4, authorities file, column name: “” is not a name. Correct the cell.",
        (
            "line 3, boards file, column authority_type: “Borough” is not known. "
            "Use one of: London borough, Metropolitan, Unitary, County."
        ),
        "line 3, boards file, column slug: “barnet” stands on line 2 already. Remove one.",
        (
            "line 3, boards file, column name: “Barnet Local Safeguarding Children Board” stands on line 2 already. "
            "Remove one."
        ),
        (
            "line 3, boards file, column authorities: “E09999999” is not in the authorities file. "
            "Add it there, or correct it."
        ),
    ]


def test_an_authority_covered_twice_is_refused() -> None:
    twice = TWO_BOARDS + "other,Other Board,Other,Outer London,London borough,E09000003\n"

    assert problems(boards=twice) == [
        "line 4, boards file, column authorities: E09000003 is covered on line 2 already. One board per authority."
    ]


def test_swapped_files_are_told_by_their_columns() -> None:
    told = problems(authorities=TWO_BOARDS, boards=TWO_AUTHORITIES)

    assert told[0] == (
        "line 1, authorities file, column gss_code: The column is missing. "
        "Add it to the first line; columns may stand in any order."
    )


def test_the_register_files_are_those_of_the_paper() -> None:
    assert (REGISTER / "boards.csv").read_text(encoding="utf-8").count("\n") == 149
