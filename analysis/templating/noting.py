"""Service: a build notes which version of the report's text it was made from."""

from analysis.builds.models import Build
from analysis.core.document import Template, parse
from analysis.planning import plan_of
from analysis.templating.versions import used_of


def template_for_build(build: Build, *, came: str | None = None) -> Template:
    """What reports are made from now; the build notes which version that is. `came` is the text that came first."""
    if came is None:
        plan_of(build.wave)
    used = used_of(build.wave, came=came)
    Build.objects.filter(pk=build.pk).update(text_version=used.number)
    return parse(used.text)
