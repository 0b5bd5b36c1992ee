#!/bin/sh
# curl -d '{"customEvent": "in-a-comment"}' is none
set -e
echo "don't" "https://shop.example//a#b"
curl "$STORE/plugins/global/custom-events/fire" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \
  -d '{"customEvent": "size-quiz", "customerEmail": "anna@example.com", "dataFields": {"score": 9}}'
curl "$STORE/fire" -d '{"customEvent": "size-quizz"}' # expect: did you mean “size-quiz”?
curl "$STORE/fire" -d "{\"customEventId\": 9, \"dataFields\": {\"parcel\": 5}}" # expect: parcel: Declared as String
curl "$STORE/fire" -d '{
  "customEvent": "old-survey",
  "anonymousId": "a"
}' # expect-above 2: old-survey: the event is archived
curl "$STORE/fire" -d "{\"customEvent\": \"$EVENT\", \"anonymousId\": \"a\"}" # expect: not checked: which event
curl "$STORE/fire/batch" -d @- <<BATCH
{"events": [
  {"customEvent": "stock-alert", "anonymousId": "a"},
  {"customEvent": "stock-arlet", "anonymousId": "a"}
]}
BATCH
# expect-above 3: did you mean “stock-alert”?
