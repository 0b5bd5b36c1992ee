"""A backend that tells of a parcel that came back, and tries again where the store is busy or cannot be reached."""

import os
import time

import requests

URL = os.environ["CUSTOM_EVENTS_URL"]  # https://api.shop.example/plugins/global/custom-events/
KEY = os.environ["CUSTOM_EVENTS_KEY"]  # sce_sk_…


def fire(event, email, fields, *, idempotency_key, tries=5):
    """Fire one event; gives the store's answer. The same key at every try makes it happen once."""
    body = {
        "customEvent": event,
        "customerEmail": email,
        "dataFields": fields,
        "idempotencyKey": idempotency_key,
    }
    for number in range(1, tries + 1):
        wait = 2**number
        try:
            answer = requests.post(URL + "fire", json=body, headers={"Authorization": f"Bearer {KEY}"}, timeout=10)
            if answer.status_code not in (429, 500, 502, 503, 504):
                answer.raise_for_status()
                return answer.json()
            wait = int(answer.headers.get("Retry-After", wait))
        except (requests.ConnectionError, requests.Timeout):
            pass  # nobody knows whether it arrived: the key makes it once
        if number < tries:
            time.sleep(wait)
    raise RuntimeError(f"The store did not take {idempotency_key}")


if __name__ == "__main__":
    parcel = {"order": "10482", "reason": "Too small", "refund": {"amount": "249.00", "currency": "PLN"}}
    print(fire("parcel-returned", "anna@example.com", parcel, idempotency_key="parcel-10482"))
