"""What the forms for accounts ask, and what they say when something is wrong."""

from __future__ import annotations

from typing import Final

from portal.components.credential_form import CredentialField
from portal.texts import t

EMAIL: Final = CredentialField("email", t("Email address"), "email", "email")
KNOWN_PASSWORD: Final = CredentialField("password", t("Password"), "password", "current-password")
NEW_PASSWORD: Final = CredentialField(
    "password",
    t("Password"),
    "password",
    "new-password",
    hint=t("At least 12 characters. A short sentence is easy to keep in mind."),
)
NAME: Final = CredentialField("name", t("Your name"), "text", "name", hint=t("As your therapist should call you."))

MESSAGES: Final = {
    "missing": t("This is needed, so that we know who is coming."),
    "email_incomplete": t("An address has a name, an @ and a place, such as rosa@example.org"),
    "email_host": t("Something is missing after the @, such as .com or .org"),
    "email_in_use": t("There is an account with this address already. Sign in with it instead."),
    "password_short": t("This is shorter than 12 characters. Three or four words together are enough."),
    "password_long": t("This is longer than 256 characters. A little less, and we can keep it."),
    "password_common": t("Many people use this one, so it is guessed first. Take another."),
    "wrong_password": t(
        "This address and this password do not belong together. Nothing has changed. Try once more, or choose a new "
        "password."
    ),
    "too_many_tries": t("That was tried many times within a minute. Wait a minute, then try again."),
    "link_ended": t("This link was used before, or is older than 15 minutes. Ask for a new one."),
    "other": t("Something went wrong on our side. What you typed is still here. Try once more."),
}
