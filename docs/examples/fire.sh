#!/bin/sh
# CUSTOM_EVENTS_URL=https://api.shop.example/plugins/global/custom-events/ CUSTOM_EVENTS_KEY=sce_sk_… sh fire.sh
curl --fail-with-body --silent --show-error -X POST "${CUSTOM_EVENTS_URL}fire" \
  -H "Authorization: Bearer ${CUSTOM_EVENTS_KEY}" \
  -H 'Content-Type: application/json' \
  -d '{
    "customEvent": "parcel-returned",
    "customerEmail": "anna@example.com",
    "dataFields": {"order": "10482", "refund": {"amount": "249.00", "currency": "PLN"}}
  }'
