"""Item 2: a member of the executive has digital affairs as portfolio."""

from schouw_collector.apk.apk_item import ApkContext, ApkItem, Examined, examined, said
from schouw_collector.saying.phrasing import same


def _examine(context: ApkContext) -> Examined:
    held = context.governance.portfolio if context.governance else None
    if held is None:
        return examined(
            complete=False,
            missing=[said("Er is niets over verklaard.", "Nothing is declared about it.")],
        )
    if not held.portfolio:
        return examined(
            complete=False,
            missing=[
                said(
                    "De gemeente verklaart dat niemand die portefeuille heeft.",
                    "The municipality declares that nobody has this portfolio.",
                )
            ],
        )
    where = f" ({held.url})" if held.url else ""
    return examined(complete=True, evidence=[same(f"{held.portfolio}{where}.")])


APK_ITEM = ApkItem(
    id="apk-02",
    number=2,
    title=said(
        "Het college heeft een wethouder met de portefeuille digitale zaken",
        "The executive has a member with the portfolio of digital affairs",
    ),
    reference="docs/paper.md, item 2",
    to_ask=said(
        "Is deze wethouder ook aanspreekbaar op sensoren van leveranciers en samenwerkingen?",
        "Does this member also answer for sensors of suppliers and partnerships?",
    ),
    examine=_examine,
)
