"""The deposit of a release, as a build."""

from analysis.builds.kinds import Kind, declare

STANDS = "analysis.publishing.taking_back.require_build_standing"  # asked each time a file is taken
DEPOSIT = declare(
    Kind(
        name="deposit",
        words="Deposit of a release",
        gather="analysis.depositing.content.gather_deposit",
        make="analysis.depositing.bundling.make_deposit",
        file_name="{wave}-release-{number}-deposit.zip",
        content_type="application/zip",
        stands=STANDS,
    )
)
