"""What Saleor has in stock."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.contrib.sites.models import Site
from django.db.models import Q
from saleor.core.db.connection import allow_writer
from saleor.product.models import ProductVariant
from saleor.warehouse.models import Stock

from saleor_custom_events.hosts.saleor.ids import number_in
from saleor_custom_events.store.stock import StockItem


def in_stock(items: Sequence[StockItem]) -> Mapping[StockItem, bool]:
    """See `Host.in_stock`: a query, and one for each channel. What checkouts have reserved is not taken off."""
    if not items:
        return {}
    variants_of = {item: number_in(item.id, "ProductVariant") for item in items}
    products_of = {item: number_in(item.id, "Product") for item in items}
    with allow_writer():
        rows = ProductVariant.objects.filter(
            Q(pk__in=set(variants_of.values()) - {None}) | Q(product_id__in=set(products_of.values()) - {None})
        )
        variants = list(rows.values_list("pk", "product_id", "track_inventory"))
        counted = {pk for pk, _, tracked in variants if tracked}
        there = {channel: _with_stock(counted, channel) for channel in {item.channel for item in items}}
    answer: dict[StockItem, bool] = {}
    for item in items:
        mine = {pk for pk, product, _ in variants if pk == variants_of[item] or product == products_of[item]}
        if mine:
            answer[item] = any(pk not in counted or pk in there[item.channel] for pk in mine)
    return answer


def _with_stock(variants: Collection[int], channel: str | None) -> frozenset[int]:
    """Give those of which a warehouse of the channel has more than is allocated; None: any warehouse."""
    if not variants:
        return frozenset()
    stocks = Stock.objects.all()
    if channel is not None:
        stocks = (
            # To somewhere, as Saleor counts where a country is not named.
            stocks.for_channel_and_country(channel)
            if _needs_shipping_zone()
            else stocks.for_channel_and_click_and_collect(channel)
        )
    some = stocks.filter(product_variant_id__in=variants).annotate_available_quantity()
    return frozenset(some.filter(available_quantity__gt=0).values_list("product_variant_id", flat=True))


def _needs_shipping_zone() -> bool:
    """Say whether only warehouses of a shipping zone count: always before 3.23, where a setting of the shop's says."""
    settings = getattr(Site.objects.get_current(), "settings", None)
    return bool(getattr(settings, "use_legacy_shipping_zone_stock_availability", True))
