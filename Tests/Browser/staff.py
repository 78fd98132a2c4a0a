"""A member of the demo's staff at the JSON API of the console."""

import secrets

from service import Visitor


class Staff(Visitor):
    """Signs in with password and the code of the moment, which the demo tells."""

    def sign_in(self, name: str):
        account = next(one for one in self.get("/api/v1/demo")["staff"] if one["signInName"] == name)
        self.post("/api/v1/staff/session", {"name": name, "password": account["password"]})
        self.csrf = None
        try:
            self.pass_code(name)
        except AssertionError as refused:
            # A code is good once: the same person signed in less than half a minute ago.
            if "access.code-used" not in str(refused):
                raise
            self.post("/api/v1/demo/clock", {"advanceSeconds": 30})
            self.pass_code(name)
        self.csrf = None
        return self

    def pass_code(self, name: str):
        self.post("/api/v1/staff/session/code", {"code": self.get(f"/api/v1/demo/staff-code?name={name}")["code"]})

    def act(self, path: str, **values):
        return self.post(f"/api/v1/staff/{path}", {"purpose": "test", **values})

    def publish_version(self, terms: dict, summary=("保修延长。", "The warranty becomes longer.")) -> str:
        """Publishes a new version of the agreement with these terms (as GET /me/agreement shows them); returns its id."""
        version = self.act("versions", id=secrets.token_hex(8))["id"]
        revision = self.act(f"versions/{version}/summary", summaryZh=summary[0], summaryEn=summary[1], revision="1")["revision"]
        provider = terms["provider"]
        values = {
            "providerName": provider["name"], "legalRepresentative": provider["legalRepresentative"], "providerAddress": provider["address"],
            "providerPhone": provider["phone"], "uscc": provider["uscc"], "website": provider["website"],
            "arbitrationCommission": terms["arbitrationCommission"], "signingPlace": terms["signingPlace"],
            "latePaymentRate": f'{terms["latePaymentRate"]["thousandthsOfPerMille"] / 1000:g}',
        }
        values |= {name: terms[name] for name in ("warrantyYears", "monthsUntilSuspension", "monthsUntilTermination", "objectionMonths")}
        saved = self.act(f"versions/{version}/terms", revision=str(revision), **values)
        self.act(f"versions/{version}/publish", revision=str(saved["revision"]), warnings=str(saved["findings"]), meant=True)
        return version
