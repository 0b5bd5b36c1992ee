"""The GraphQL door: our own schema, and the mixins that a host joins to its own."""
