"""A backend inside the store, and one that calls it."""

import requests

from saleor_custom_events import api
from saleor_custom_events.api import fire
from saleor_custom_events.api import fire as tell

PARCEL = "parcel-sent"
FIRE = """
mutation { customEventFire(input: {customEvent: "gone", customerEmail: "a@b.pl"}) { occurrenceId } }
"""  # expect-above: gone: the store has no such event


def sent(email: str, parcel: str, more: dict[str, str]) -> None:
    fire("parcel-sent", customer_email=email, data_fields={"parcel": parcel})
    fire(PARCEL, customer_email=email)  # expect: parcel: The event requires this field.
    api.fire(event=9, customer_email=email, data_fields={"parcel": 5})  # expect: parcel: Declared as String
    tell("parcel-send", data_fields={"parcel": "x"})  # expect: did you mean “parcel-sent”?
    tell("size-quiz", data_fields={"score": 9.5, "passed": True, "size": "M"})
    tell("size-quiz", data_fields={"score": True})  # expect: score: Declared as Number
    tell("size-quiz", data_fields={**more})  # expect: not checked: some of its data fields are computed
    tell("size-quiz", data_fields=more)  # expect: not checked: its data fields are computed
    tell(more["event"])  # expect: not checked: which event it is is computed


def called(url: str, event: str) -> None:
    requests.post(url, json={"customEventId": 7, "dataFields": {"score": 1}}, timeout=5)
    requests.post(url, json=dict(customEvent="stock-alarm"), timeout=5)  # noqa: C408  # expect: stock-alarm: the store
    requests.post(url, json={"customEvent": event, "customerEmail": "a@b.pl"}, timeout=5)  # expect: not checked: which
    requests.post(url, data='{"customEvent": "gone", "dataFields": {}}', timeout=5)  # expect: gone: the store has no
    body = f'{{"customEvent": "{event}", "anonymousId": "a"}}'  # expect: not checked: which
    requests.post(url, data=body, timeout=5)


class Cannon:
    def fire(self, what: str) -> str:
        return what


Cannon().fire("nothing of ours")
