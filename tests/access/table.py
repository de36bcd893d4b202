"""Who may open what: one line for each route, reviewed by people. A route without a line fails the matrix.

`mine(who)` is about one board’s return: its chair, a colleague who was asked for sections B and C, or who signs it; for
anybody else it is not there. `work(who)` is a page of staff; an address whose parts do not belong together is not
found. `anybody()` is open to all. `get` is the status a page is shown with, None if there is no page; `post` says
whether a form is taken.
"""

from dataclasses import dataclass, field

CHAIR, HELPER = {"chair"}, {"contributor"}
RESEARCHER, ANALYST, ADMINISTRATOR = {"researcher"}, {"analyst"}, {"administrator"}
STAFF = RESEARCHER | ANALYST | ADMINISTRATOR
NEW = {"no_second"}  # staff who have typed the emailed code and no more
SIGNER = {"signer"}
SIGNED_IN = CHAIR | HELPER | SIGNER | STAFF | {"other_chair", "removed", "former_chair"}
EVERYBODY = SIGNED_IN | NEW | {"anonymous", "deactivated"}


@dataclass(frozen=True)
class Row:
    """What is declared of one route."""

    who: frozenset[str]
    get: int | None = 200
    post: bool | int = False
    sends: frozenset[str] | None = None  # who may send the form, if not all who may see the page
    is_public: bool = False
    is_mine: bool = False
    step_up: bool = False
    is_slow: bool = False  # made in a process of its own: who may have it is asked, it is not made
    but: dict[str, int] = field(default_factory=dict)  # a page that is shown otherwise to some
    values: dict[str, str] = field(default_factory=dict)  # what the address means by a name
    body: dict[str, str] = field(default_factory=dict)  # without it the form would be refused before anything is found


def anybody(
    *,
    get: int | None = 200,
    post: bool | int = False,
    but: dict[str, int] | None = None,
    values: dict[str, str] | None = None,
) -> Row:
    """Open to all."""
    return Row(frozenset(EVERYBODY), get, post, is_public=True, but=but or {}, values=values or {})


def mine(
    who: set[str],
    *,
    get: int | None = 200,
    post: bool | int = False,
    sends: set[str] | None = None,
    is_slow: bool = False,
    but: dict[str, int] | None = None,
    body: dict[str, str] | None = None,
) -> Row:
    """One board's own."""
    senders = None if sends is None else frozenset(sends)
    who_may = frozenset(who)
    return Row(who_may, get, post, senders, is_mine=True, is_slow=is_slow, but=but or {}, body=body or {})


def work(
    who: set[str],
    *,
    get: int | None = 200,
    post: bool | int = False,
    step_up: bool = False,
    but: dict[str, int] | None = None,
    values: dict[str, str] | None = None,
) -> Row:
    """For those with a role, or for whoever has signed in."""
    return Row(frozenset(who), get, post, step_up=step_up, but=but or {}, values=values or {})


KEEPERS = RESEARCHER | ADMINISTRATOR
CERTIFICATE = {"number": "certificate_number"}
BOARD = {"slug": "board_slug"}  # the name of a board, not of a wave
LOOSE = {"return_id": "loose_id"}  # a return that names no board
ONE_BOARD = {"other_chair": 404}  # there is no other return of theirs to copy from
SAME = {"old": "release_number", "new": "release_number"}  # a release beside itself
OUT = {"slug": "out", "table": "out_table", "name": "out_name", "file": "out_file"}  # what is published
HOME = dict.fromkeys(SIGNED_IN | NEW, 302)

ROWS = {
    "home": anybody(but=HOME),
    "invitation": anybody(post=True),
    "live": anybody(post=True),
    "ready": anybody(post=True),
    "metrics": anybody(get=404, post=404),  # a token of its own opens it, from inside; nobody has it here
    "csp_report": anybody(get=None, post=204),
    # --- the door
    "account_request_login_code": anybody(post=True, but=HOME),
    "account_confirm_login_code": anybody(get=302, post=True),
    "account_another_code": anybody(get=None, post=True),
    "account_login": anybody(get=302, post=True),
    "account_signup": anybody(get=302, post=True),
    "provider_begin": anybody(get=404, post=404),
    "provider_back": anybody(get=404),
    "account_logout": work(SIGNED_IN | NEW, post=True),
    "signed_in": work(SIGNED_IN),
    "signed_in_end": work(SIGNED_IN, get=None, post=True),
    "signed_in_end_others": work(SIGNED_IN, get=None, post=True),
    "second": work(STAFF | NEW, post=True, but={"no_second": 302}),
    "second_set_up": work(STAFF | NEW, get=302, post=True, but={"no_second": 200}),
    "second_picture": work(STAFF | NEW),
    "second_recovery": work(STAFF, post=True),
    "second_recovery_file": work(STAFF),
    "second_new_recovery": work(STAFF, get=None, post=True, step_up=True),
    "second_yours": work(STAFF),
    # --- people and audit
    "people:people": work(ADMINISTRATOR),
    "people:person": work(ADMINISTRATOR),
    "people:add": work(ADMINISTRATOR, post=True, step_up=True),
    "people:role": work(ADMINISTRATOR, post=True, step_up=True),
    "people:deactivate": work(ADMINISTRATOR, post=True, step_up=True),
    "people:reactivate": work(ADMINISTRATOR, post=True, step_up=True),
    "people:request": work(ADMINISTRATOR),
    "people:approve": work(ADMINISTRATOR, get=None, post=True, step_up=True),
    "people:end": work(ADMINISTRATOR, get=None, post=True, step_up=True),
    "people:reset": work(ADMINISTRATOR, post=True, step_up=True),
    "house_style:page": work(ADMINISTRATOR),
    "house_style:change": work(ADMINISTRATOR, post=True, step_up=True),
    "house_style:preview": work(ADMINISTRATOR, get=None, post=True, step_up=True),
    "house_style:css": anybody(values={"number": "house_number"}),
    "pictures:picture": anybody(values={"digest": "picture_digest"}),
    "audit:entries": work(ADMINISTRATOR),
    "audit:export": work(ADMINISTRATOR, step_up=True),
    "backups:backups": work(ADMINISTRATOR),
    "retention:page": work(ADMINISTRATOR, post=True),
    "retention:erase": work(ADMINISTRATOR, post=True, step_up=True, values={"person_id": "chair_id"}),
    "retention:certificate": work(ADMINISTRATOR, values=CERTIFICATE),
    "retention:certificate_file": work(ADMINISTRATOR, values=CERTIFICATE),
    "outbox:notify_receipt": anybody(get=None, post=404),  # a key of its own opens it; nobody has it here
    # --- a return, for those who answer
    "portal:help": anybody(),
    "portal:privacy": anybody(),
    "portal:cookies": anybody(),
    "portal:accessibility": anybody(),
    "portal:returns": work(SIGNED_IN),
    "portal:tasks": mine(CHAIR | HELPER | SIGNER),
    "portal:reading": mine(CHAIR | HELPER | SIGNER),
    "portal:question": mine(CHAIR | HELPER, post=True),
    "portal:settle": mine(CHAIR | HELPER, get=None, post=True),
    "portal:autosave": mine(CHAIR | HELPER, get=None, post=True),
    "portal:copy_from": mine(CHAIR, but=ONE_BOARD),
    "portal:copy_now": mine(CHAIR, get=None, post=True, but=ONE_BOARD),
    "portal:check": mine(CHAIR | SIGNER),
    "portal:submit": mine(CHAIR, get=None, post=True, body={"base-version": "1"}),
    "portal:receipt": mine(CHAIR | HELPER | SIGNER),
    "portal:sent": mine(CHAIR | SIGNER),
    "together:people": mine(CHAIR),
    "together:invite": mine(CHAIR, post=True),
    "together:change": mine(CHAIR, post=True),
    "together:remove": mine(CHAIR, get=None, post=True),
    "together:succession": mine(CHAIR, post=True),
    "together:section": mine(CHAIR | HELPER | SIGNER),
    "together:comment": mine(CHAIR | HELPER | SIGNER, get=None, post=True),
    "together:ready": mine(CHAIR | HELPER, get=None, post=True),
    "together:not_ready": mine(CHAIR | HELPER, get=None, post=True),
    "together:consulted": mine(CHAIR, get=None, post=True),
    "together:history": mine(CHAIR | HELPER | SIGNER),
    "together:ask_for_signature": mine(CHAIR, get=303, post=True),
    "together:take_back": mine(CHAIR, get=None, post=True),
    # these two act only for whom the chair asked to sign
    "together:sign": mine(CHAIR | SIGNER, get=None, post=True, body={"base-version": "1"}),
    "together:send_back": mine(CHAIR | SIGNER, post=True),
    "copies:my_data": work(SIGNED_IN),
    "copies:my_data_file": work(SIGNED_IN),
    "copies:drawer": mine(CHAIR | SIGNER),
    "copies:differences": mine(CHAIR | SIGNER),
    "copies:questions_pdf": mine(CHAIR | HELPER | SIGNER, is_slow=True),
    "copies:questions_word": mine(CHAIR | HELPER | SIGNER, is_slow=True),
    "copies:draft_pdf": mine(CHAIR | SIGNER, is_slow=True),
    "copies:draft_csv": mine(CHAIR | SIGNER),
    "copies:sent_pdf": mine(CHAIR | SIGNER, is_slow=True),
    "copies:sent_csv": mine(CHAIR | SIGNER),
    "correspondence:messages": mine(CHAIR | SIGNER, post=True),
    "correspondence:query": mine(CHAIR | HELPER | SIGNER, post=True, sends=CHAIR),
    "correspondence:reopening": mine(CHAIR | HELPER | SIGNER, post=True, sends=CHAIR),
    "correspondence:feedback": mine(CHAIR | SIGNER, post=True),
    "correspondence:skip_feedback": mine(CHAIR | SIGNER, get=None, post=True),
    "beside:page": mine(CHAIR, get=409),  # nothing is released
    "beside:pdf": mine(CHAIR, get=409),
    "beside:word": mine(CHAIR, get=409),
    # --- fieldwork
    "succession:chairs": work(RESEARCHER),
    "succession:replace": work(RESEARCHER, post=True, step_up=True),
    "answers:list": work(ANALYST),
    "answers:one": work(ANALYST, step_up=True),
    "team:threads": work(RESEARCHER),
    "team:thread": work(RESEARCHER, post=True),
    "team:new_query": work(RESEARCHER, post=True),
    "team:query": work(RESEARCHER, post=True),
    "team:close": work(RESEARCHER, get=None, post=True),
    "team:reopen": work(RESEARCHER, post=True, step_up=True),
    "team:request": work(RESEARCHER),
    "team:approve": work(RESEARCHER, get=None, post=True, step_up=True),
    "team:end": work(RESEARCHER, post=True),
    "team:decline": work(RESEARCHER, post=True),
    "helping:boards": work(RESEARCHER | ADMINISTRATOR),
    "helping:board": work(RESEARCHER | ADMINISTRATOR),
    "helping:loose": work(RESEARCHER),
    "helping:settle": work(RESEARCHER, post=True, values=LOOSE),
    "helping:undo": work(RESEARCHER, post=True, values=LOOSE),
    "helping:extend": work(RESEARCHER, post=True),
    "helping:call_begin": work(RESEARCHER, post=True, step_up=True),
    "helping:call": work(RESEARCHER, get=409),
    "helping:call_question": work(RESEARCHER, get=409, post=True),
    "helping:call_settle": work(RESEARCHER, get=None, post=True),
    "helping:call_autosave": work(RESEARCHER, get=None, post=True),
    "helping:call_check": work(RESEARCHER, get=409, post=True),
    "helping:call_end": work(RESEARCHER, get=None, post=True),
    "life:new": work(RESEARCHER, post=True),
    "life:tasks": work(RESEARCHER),
    "life:questionnaire": work(RESEARCHER, post=True),
    "life:frame": work(RESEARCHER, post=True),
    "life:dates": work(RESEARCHER, post=True),
    "life:signature": work(RESEARCHER, post=True),
    "life:approvals": work(RESEARCHER, post=True),
    "life:without": work(RESEARCHER, post=True),
    "life:test": work(RESEARCHER, post=True),
    "life:open": work(RESEARCHER, post=True),
    "life:extend": work(RESEARCHER, post=True),
    "life:close": work(RESEARCHER, post=True),
    "life:delete": work(RESEARCHER, post=True),
    "milestones:plan": work(RESEARCHER | ANALYST, post=True),
    "milestones:freeze": work(RESEARCHER | ANALYST, post=True),
    "milestones:extract": work(ANALYST, get=404, step_up=True),  # nothing is frozen while the wave is open
    "authoring:versions": work(RESEARCHER),
    "authoring:import": work(RESEARCHER, post=True),
    "authoring:document": work(RESEARCHER),
    "authoring:change": work(RESEARCHER, post=True),
    "authoring:publish": work(RESEARCHER, post=True),
    "authoring:source": work(RESEARCHER),
    "authoring:compare": work(RESEARCHER | ANALYST),
    "preview:start": work(RESEARCHER, get=302),
    "preview:page": work(RESEARCHER),
    "preview:screen": work(RESEARCHER),
    "calendar:page": work(STAFF),
    "calendar:make": work(STAFF, get=None, post=True),
    "calendar:revoke": work(STAFF, get=None, post=True),
    "calendar:feed": anybody(get=404),  # a secret address opens it; nobody has one here
    # --- contacts
    "contacts:overview": work(KEEPERS),
    "contacts:messages": work(KEEPERS),
    "contacts:message": work(KEEPERS),
    "contacts:again": work(RESEARCHER, get=None, post=True),
    "contacts:templates": work(KEEPERS),
    "contacts:template": work(RESEARCHER, post=True),
    "contacts:preview": work(RESEARCHER),
    "contacts:test": work(RESEARCHER, get=None, post=True),
    "contacts:plan": work(KEEPERS),
    "contacts:usual": work(RESEARCHER, get=None, post=True),
    "contacts:new_mailing": work(RESEARCHER, post=True),
    "contacts:mailing": work(KEEPERS),
    "contacts:move": work(RESEARCHER, post=True),
    "contacts:cancel": work(RESEARCHER, get=None, post=True),
    "contacts:send": work(RESEARCHER, get=None, post=True),
    "contacts:stops": work(RESEARCHER, post=True),
    "contacts:lift": work(RESEARCHER, get=None, post=True),
    "contacts:settings": work(RESEARCHER, post=True),
    "contacts:board": work(KEEPERS),
    "contacts:entry": work(RESEARCHER, post=True),
    "contacts:outcome": work(RESEARCHER, post=True),
    # --- the register
    "register:boards": work(KEEPERS),
    "register:new_board": work(KEEPERS, post=True),
    "register:board": work(KEEPERS, values=BOARD),
    "register:edit_board": work(KEEPERS, post=True, values=BOARD),
    "register:appoint": work(KEEPERS, post=True, step_up=True, values=BOARD),
    "register:end": work(KEEPERS, post=True, step_up=True),
    "register:correct": work(KEEPERS, post=True, step_up=True),
    "register:edit_person": work(KEEPERS, post=True, step_up=True, values={"person_id": "chair_id"}),
    "register:chairs": work(KEEPERS),
    "register:authorities": work(KEEPERS),
    "register:new_authority": work(KEEPERS, post=True),
    "register:authority": work(KEEPERS),
    "register:edit_authority": work(KEEPERS, post=True),
    "register:succeed": work(KEEPERS, post=True),
    "register:imports": work(KEEPERS),
    "register:new_import": work(KEEPERS, post=True, step_up=True),
    "register:import": work(KEEPERS),
    "register:apply": work(KEEPERS, get=None, post=True, step_up=True),
    "register:discard": work(KEEPERS, get=None, post=True),
    "register:undo": work(KEEPERS, get=None, post=403, step_up=True),
    "register:export": work(KEEPERS, step_up=True),
    "register:export_table": work(KEEPERS, step_up=True, values={"name": "sheet"}),
    # --- analysis
    "monitoring:waves": work(STAFF),
    "monitoring:wave": work(STAFF),
    "monitoring:live": work(STAFF),
    "monitoring:behind": work(RESEARCHER, values={"item": "page_code"}),
    "monitoring:target": work(RESEARCHER),
    "monitoring:set_target": work(RESEARCHER, get=None, post=True),
    "monitoring:files": work(STAFF, step_up=True),
    "monitoring:panel": work(STAFF, get=None, post=True, step_up=True),
    "monitoring:workbook": work(STAFF, get=None, post=True, step_up=True),
    "monitoring:chasing_csv": work(RESEARCHER, get=None, post=True, step_up=True),
    "monitoring:chasing_xlsx": work(RESEARCHER, get=None, post=True, step_up=True),
    "comparators:list": work(RESEARCHER | ANALYST),
    "comparators:new": work(ANALYST, post=True),
    "comparators:proposal": work(ANALYST),
    "comparators:import": work(ANALYST, get=None, post=True),
    "comparators:discard": work(ANALYST, get=None, post=True),
    "comparators:survey": work(RESEARCHER | ANALYST),
    "comparators:withdraw": work(ANALYST, post=True, values={"survey": "imported"}),
    "comparators:comparison": work(RESEARCHER | ANALYST),
    "comparators:csv": work(RESEARCHER | ANALYST, step_up=True),
    "comparators:xlsx": work(RESEARCHER | ANALYST, step_up=True),
    "waves_compared:choose": work(RESEARCHER | ANALYST),
    "waves_compared:pair": work(RESEARCHER | ANALYST),
    "waves_compared:csv": work(RESEARCHER | ANALYST, step_up=True),
    "waves_compared:xlsx": work(RESEARCHER | ANALYST, step_up=True),
    "plan_tables:printed": work(RESEARCHER | ANALYST),
    "nonresponse:page": work(RESEARCHER | ANALYST),
    "nonresponse:csv": work(RESEARCHER | ANALYST, get=None, post=True, step_up=True),
    "nonresponse:xlsx": work(RESEARCHER | ANALYST, get=None, post=True, step_up=True),
    "plan_tables:tables": work(RESEARCHER | ANALYST),
    "plan_tables:every_table": work(RESEARCHER | ANALYST),
    "plan_tables:table": work(RESEARCHER | ANALYST),
    "plan_tables:findings": work(RESEARCHER | ANALYST),
    "exploring:explore": work(ANALYST),
    "exploring:save": work(ANALYST, get=None, post=404),  # nothing is chosen in what is sent
    "exploring:csv": work(ANALYST, get=404, step_up=True),  # nothing is chosen in the address
    "exploring:xlsx": work(ANALYST, get=404, step_up=True),
    "exploring:svg": work(ANALYST, get=404, step_up=True),
    "exploring:png": work(ANALYST, get=404, step_up=True),
    "plan_tables:one_table": work(RESEARCHER | ANALYST, step_up=True),
    "plan_tables:download": work(RESEARCHER | ANALYST, step_up=True),
    # --- what boards wrote: here nobody wrote anything, and there is no frame
    "opentext:items": work(ANALYST),
    "opentext:item": work(ANALYST),
    "opentext:add_code": work(ANALYST, post=True),
    "opentext:change_code": work(ANALYST, get=404, post=404),
    "opentext:retire_code": work(ANALYST, get=404, post=404),
    "opentext:coders": work(ANALYST, post=True),
    "opentext:next": work(ANALYST, get=303),
    "opentext:code": work(ANALYST, get=404, post=404),
    "opentext:original": work(ANALYST, get=404, step_up=True),
    "opentext:local_names": work(ANALYST, post=True),
    "opentext:unlist_name": work(ANALYST, get=None, post=404),
    "opentext:done": work(ANALYST, get=None, post=True),
    "codebook:page": work(RESEARCHER | ANALYST),
    "codebook:csv": work(RESEARCHER | ANALYST, step_up=True),
    "codebook:xlsx": work(RESEARCHER | ANALYST, step_up=True),
    "opentext:differences": work(ANALYST, get=409),
    "opentext:decide": work(ANALYST, get=409, post=409),
    "opentext:agreement": work(ANALYST, get=409),
    "opentext:counts": work(ANALYST, get=409),
    "opentext:passages": work(ANALYST, get=409, step_up=True),
    "opentext:export": work(ANALYST, get=409, step_up=True),
    "opentext:redactions": work(ANALYST),
    "opentext:redact": work(ANALYST, get=404, post=404),
    "opentext:quote": work(ANALYST, get=404, post=404),
    "opentext:quotes": work(ANALYST, step_up=True),
    "opentext:approve": work(ANALYST, get=404, post=404),
    "opentext:refuse": work(ANALYST, get=404, post=404),
    "opentext:withdraw": work(ANALYST, get=404, post=404),
    "opentext:permissions": work(RESEARCHER),
    "opentext:given": work(RESEARCHER, get=404, post=404),
    "opentext:declined": work(RESEARCHER, get=404, post=404),
    "depositing:page": work(ANALYST),
    "depositing:build": work(ANALYST, get=None, post=404),  # nothing is released
    "disclosing:page": work(ANALYST),
    "disclosing:decide": work(ANALYST, get=None, post=True),
    "disclosing:choice": work(ANALYST, post=True, step_up=True),
    "disclosing:prepare": work(ANALYST, get=None, post=409, step_up=True),  # its data are not frozen
    "disclosing:table": work(ANALYST, get=404),  # nothing is decided
    "disclosing:release": work(ANALYST, get=404),
    "disclosing:compare": work(ANALYST, get=404),  # there is one release
    "disclosing:compared": work(ANALYST, get=409, values=SAME),  # made without its tables
    "disclosing:compared_csv": work(ANALYST, get=409, step_up=True, values=SAME),
    "disclosing:check": work(ANALYST, get=None, post=404, step_up=True),
    "disclosing:let_go": work(ANALYST, get=None, post=404, step_up=True),
    "disclosing:build_report": work(ANALYST, get=None, post=404),
    "disclosing:report": work(ANALYST, get=404, step_up=True),
    "disclosing:file": work(ANALYST, get=404, step_up=True),
    "disclosing:one_table": work(ANALYST, get=404, step_up=True),
    "templating:edit": work(ANALYST, post=True),
    "templating:preview": work(ANALYST, get=None, post=True),
    "templating:fragment": work(ANALYST, get=None, post=True),
    "templating:words": work(ANALYST),
    "templating:pictures": work(ANALYST, post=True),
    "templating:versions": work(ANALYST),
    "templating:version": work(ANALYST, values={"number": "text_version"}),
    "templating:restore": work(ANALYST, get=None, post=True, values={"number": "text_version"}),
    "templating:compare": work(ANALYST, values={"old": "text_version", "new": "text_version"}),
    "builds:report": work(STAFF),
    "builds:request": work(RESEARCHER | ANALYST, get=None, post=True, values={"kind": "kind_of_build"}),
    "builds:progress": work(STAFF),
    "builds:cancel": work(STAFF, get=None, post=409),  # it is finished
    "reports:read": work(RESEARCHER | ANALYST, values={"name": "report_to_read"}),
    "builds:again": work(RESEARCHER | ANALYST, get=None, post=True),
    # --- what is published
    "publishing:publications": work(ANALYST, post=True),
    "publishing:workflow": work(ANALYST),
    "publishing:words": work(ANALYST, post=True),
    "publishing:announce": work(ANALYST, post=True),
    "publishing:prepare": work(ANALYST, post=True, step_up=True),
    "publishing:edition": work(ANALYST),
    "publishing:table": work(ANALYST, values={"table": "out_table"}),
    "publishing:file": work(ANALYST, step_up=True, values={"name": "out_name"}),
    "publishing:reading": work(ANALYST, get=404),  # its report is not built
    "publishing:build": work(ANALYST, get=None, post=True, step_up=True),
    "publishing:sign": work(ANALYST, get=None, post=403, step_up=True),  # who made it does not sign it
    "publishing:give": work(ANALYST, post=True, step_up=True),
    "publishing:end_access": work(ANALYST, get=None, post=True, step_up=True),
    "publishing:withdraw": work(ANALYST, post=True, step_up=True),
    "publications:list": anybody(),
    "publications:calendar": anybody(),
    "publications:feed": anybody(),
    "publications:page": anybody(values=OUT),
    "publications:table": anybody(values=OUT),
    "publications:file": anybody(values=OUT),
    "publications:reading": anybody(get=404, values=OUT),  # it was published without a report
    "publications:edition_reading": anybody(get=404, values=OUT),
    "publications:report": anybody(get=404, values={**OUT, "ending": "out_ending"}),
    "publications:edition_report": anybody(get=404, values={**OUT, "ending": "out_ending"}),
    "publications:edition_page": anybody(values=OUT),
    "publications:edition_table": anybody(values=OUT),
    "publications:edition_file": anybody(values=OUT),
    "publications:early": work(SIGNED_IN, get=302, values=OUT),  # it is out, so everybody goes on to what all see
    "publications:early_table": work(SIGNED_IN, get=302, values=OUT),
    "publications:early_file": work(SIGNED_IN, get=302, values=OUT),
    "publications:early_report": work(SIGNED_IN, get=302, values={**OUT, "ending": "out_ending"}),
    "api:guide": anybody(),
    "api:start": anybody(),
    "api:openapi": anybody(),
    "api:publications": anybody(),
    "api:publication": anybody(values=OUT),
    "api:tables": anybody(values=OUT),
    "api:table": anybody(values=OUT),
    "api:nothing": anybody(get=404),
    "builds:download": work(RESEARCHER | ANALYST, step_up=True),
}
