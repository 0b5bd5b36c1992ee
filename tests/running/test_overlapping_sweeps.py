"""Sweeps that overlap, as crons do when one takes longer than their interval: nothing is lost, nothing comes twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.core import mail as mailbox
from pytest_django.fixtures import Settings

from saleor_custom_events import tasks
from saleor_custom_events.models import Invocation, StepRun
from tests.running.again import END, at_once, fired, mail, wait
from tests.running.test_worker import come
from tests.shop import a_scenario, an_event

pytestmark = pytest.mark.django_db(transaction=True)

SWEEPS = 4
PEOPLE = 60


@pytest.fixture
def mails(settings: Settings) -> list[Any]:
    """Give what is sent, in this process. Small claims, so that every sweep gets some."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SALEOR_CUSTOM_EVENTS_BATCH = 5
    mailbox.outbox = []
    return mailbox.outbox


def people() -> list[str]:
    return [f"person{n}@example.com" for n in range(PEOPLE)]


def swept() -> None:
    """Sweep several times at the same moment, until nothing is due."""
    at_once(SWEEPS, tasks.sweep)
    at_once(SWEEPS, tasks.sweep)


def test_overlapping_sweeps_and_tidying_delete_nothing_that_waits_mautic_2004(mails: list[Any]) -> None:
    event = an_event()
    a_scenario(event, steps=[wait(after="end"), END])
    for person in people():
        fired(event, customerEmail=person)
    swept()
    at_once(SWEEPS, tasks.tidy)
    swept()
    assert Invocation.objects.filter(status="waiting", due_at__isnull=False).count() == PEOPLE
    assert StepRun.objects.filter(step="wait", ended_at__isnull=True).count() == PEOPLE
    come(hours=25)
    swept()
    assert Invocation.objects.filter(status="completed").count() == PEOPLE


def test_overlapping_sweeps_send_each_mail_once_mautic_3669(mails: list[Any]) -> None:
    event = an_event()
    a_scenario(event, steps=[wait(after="mail"), mail("end"), END])
    for person in people():
        fired(event, customerEmail=person)
    swept()
    assert mails == []
    come(hours=25)
    swept()
    assert Counter(message.to[0] for message in mails) == Counter(people())
    assert set(StepRun.objects.values_list("status", flat=True)) == {"done"}
