"""A customer of the store, as far as the dashboard names whose log is open."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import ResolveInfo

from saleor_custom_events.doors.graphql.asking import answering, caller
from saleor_custom_events.log.customers import find_customer
from saleor_custom_events.store.customers import Customer


class CustomEventCustomer(graphene.ObjectType):
    """A customer of the store."""

    id = graphene.ID(required=True, description="The store's global id.")
    email = graphene.String(required=True)


@answering
def resolve_customer(root: Any, info: ResolveInfo, id: str) -> Customer | None:
    """Answer `customEventCustomer`."""
    return find_customer(caller(info), id)
