"""What is sent from the page of sessions."""

from django import forms


class EndForm(forms.Form):
    """Which session is to end."""

    session = forms.CharField(max_length=40)
