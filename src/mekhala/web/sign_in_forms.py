"""Forms of signing in where the role decides what is taken. Named in MFA_FORMS."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mekhala.safeguards.signing import factors, queries
from mekhala.web.sign_in import accepted_for, code_of_now, has_factor

_WITH_PASSKEY = gettext_lazy("This account signs in with its passkey.")
_INVENTED = gettext_lazy("Invented country: the code of this moment is %(code)s.")


class _CodesWhereTheyDo(forms.Form):
    """Takes a one-time code only from whom a code is enough, or who has no passkey yet."""

    user: Any

    def __init__(self, *args: Any, **more: Any) -> None:
        """Where everybody is invented, the hint tells a newcomer the code: nobody is protected."""
        super().__init__(*args, **more)
        if queries.is_invented() and self.takes_codes:
            self.fields["code"].help_text = _INVENTED % {"code": code_of_now(self.user)}

    @property
    def takes_codes(self) -> bool:
        """Whether the officer has codes and may use them to come in."""
        if not has_factor(self.user, frozenset({factors.CODES})):
            return False
        passkey = frozenset({factors.PASSKEY})
        return factors.CODES in accepted_for(self.user) or not has_factor(self.user, passkey)

    @property
    def takes_passkeys(self) -> bool:
        """Whether the officer has a passkey."""
        return has_factor(self.user, frozenset({factors.PASSKEY}))

    def clean_code(self) -> str:
        """Refuse a code where a passkey is there and demanded; else check it."""
        if not self.takes_codes:
            raise forms.ValidationError(_WITH_PASSKEY)
        code: str = super().clean_code()  # type: ignore[misc] # of the form beside this one
        return code


class CodeForm(_CodesWhereTheyDo, AuthenticateForm):  # type: ignore[misc]
    """The code after the password."""


class CodeAgainForm(_CodesWhereTheyDo, ReauthenticateForm):  # type: ignore[misc]
    """The code before an act that cannot be taken back."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A new passkey. It opens the door without a password unless the officer says otherwise."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["name"].label = _("What do you call it?")
        self.fields["name"].help_text = _("For yourself, as in “office computer” or “key ring”.")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].label = _("Sign in with it alone")
        self.fields["passwordless"].help_text = _(
            "It is kept on the device and opens this account without the password. It asks for a "
            "fingerprint, a face or a PIN either way."
        )
