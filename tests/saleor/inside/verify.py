"""Whether a detached JWS was made with one of these keys: what an app does. Prints true or false.

Run where `cryptography` is; imports nothing of Saleor's or ours.
"""

import json
import sys

import jwt

keys, signature, body = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3]
kid = jwt.get_unverified_header(signature)["kid"]
key = next(jwt.PyJWK(known) for known in keys if known["kid"] == kid)
try:
    jwt.api_jws.decode_complete(signature, key.key, algorithms=["RS256"], detached_payload=body.encode())
    print(json.dumps(True))
except jwt.InvalidSignatureError:
    print(json.dumps(False))
