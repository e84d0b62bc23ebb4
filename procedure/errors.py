"""The one way a rule says no."""


class RuleBroken(Exception):
    """A rule of the procedure refuses what was asked.

    ``code`` names the refusal for machines and for the sentence shown, ``clause`` is the clause of DB3303/T 042-2022 it
    rests on (or ``OUR_RULE`` where the standard leaves the matter open), ``facts`` are the figures the sentence needs.
    """

    def __init__(self, code: str, clause: str, /, **facts: object) -> None:
        super().__init__(code, clause, facts)
        self.code = code
        self.clause = clause
        self.facts: dict[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code} ({self.clause}) {self.facts}"


OUR_RULE = "our rule"
