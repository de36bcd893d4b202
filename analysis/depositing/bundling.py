"""The deposit of a release as one zip file, the same bytes for the same release. It needs no database."""

from collections.abc import Callable, Iterator, Mapping

from django.template.loader import render_to_string

from accounts.digests import bytes_digest
from analysis.depositing.content import CODEBOOK, GATHERED, METHODOLOGY, QUESTIONNAIRE, REPORT, STEPS, DepositContent
from analysis.outputs.report_pdf import make_report
from analysis.outputs.zipping import zipped
from respondents.copies.press import STYLES

Progress = Callable[[str, int, int], None]
CHECKSUMS = "SHA256SUMS"
Made = tuple[str, str, Callable[[], bytes]]  # what is said meanwhile, the name of the file, how it is made


def make_deposit(content: DepositContent, progress: Progress) -> bytes:
    """Return the zip file; `progress` is told each step in words."""
    files = dict(content.files)
    for step, (doing, name, make) in enumerate(_documents(content), GATHERED + 1):
        progress(doing, step, STEPS)
        files[name] = make()
    progress("Packing", STEPS, STEPS)
    return zipped(dict(sorted({**files, CHECKSUMS: checksums(files)}.items())))


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return one line for each file, as `sha256sum --check` reads it."""
    return "".join(f"{bytes_digest(content)}  {name}\n" for name, content in sorted(files.items())).encode()


def _documents(content: DepositContent) -> Iterator[Made]:
    """What is set as pages."""
    codebook, questionnaire = content.codebook, content.questionnaire
    yield "Setting the codebook", CODEBOOK, lambda: _pdf("analysis/depositing/codebook.html", codebook)
    yield "Setting the questionnaire", QUESTIONNAIRE, lambda: _pdf("respondents/copies/blank.html", questionnaire)
    if report := content.report:
        yield "Setting the report", REPORT, lambda: make_report(report, lambda *_: None)
    yield "Setting the methodology", METHODOLOGY, lambda: make_report(content.methodology, lambda *_: None)


def _pdf(template: str, copy: object) -> bytes:
    from survey.printing.pdf import print_pdf  # noqa: PLC0415 -- a second and 40 MB that most processes save

    return print_pdf(render_to_string(template, {"copy": copy}), stylesheet=STYLES)
