"""`GET openapi.json`: what the plugin's URLs take and answer, as an OpenAPI 3.1 document.

What readers and limits know is taken from them; what only an answer shows stands here, and the tests hold the
running store to it.
"""
