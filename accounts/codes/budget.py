"""How many wrong codes may be entered in a day before codes become longer. Nobody is ever locked out.

The arithmetic is in docs/decisions/0012: short codes are only compared while this budget lasts, so that the chance of
guessing any of them stays under one in a million a day however many addresses are tried; long ones need no budget.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from accounts.codes.models import SignInCode

DAY = timedelta(days=1)
# Ten codes of five tries each at one address; and all addresses together.
WRONG_AT_ONE_ADDRESS, WRONG_IN_ALL = 50, 20_000
WRONG_CODES = {"all": Sum("tries", default=0), "used": Count("used_at")}  # wrong ones are all but those used


def is_spent(email: str, *, now: datetime) -> bool:
    """Whether so many wrong codes were entered, at this address or in all, that short codes are not compared."""
    lately = SignInCode.objects.filter(expires_at__gt=now - DAY)
    here = Q(email=email)
    tried = lately.aggregate(
        **WRONG_CODES,
        here=Sum("tries", filter=here, default=0),
        used_here=Count("used_at", filter=here),
    )
    wrong, wrong_here = tried["all"] - tried["used"], tried["here"] - tried["used_here"]
    return bool(wrong >= WRONG_IN_ALL or wrong_here >= WRONG_AT_ONE_ADDRESS)


def addresses_spent(*, now: datetime) -> int:
    """At how many addresses the budget is spent: somebody guesses there, and not only mistypes."""
    lately = SignInCode.objects.filter(expires_at__gt=now - DAY).values("email")
    wrong = lately.annotate(wrong=Sum("tries") - Count("used_at"))
    return wrong.filter(wrong__gte=WRONG_AT_ONE_ADDRESS).count()
