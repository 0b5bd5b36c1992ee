"""OpenTelemetry as a store configures it, keeping what it is given. Once a process: it allows no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from opentelemetry import metrics, trace
from opentelemetry.sdk.metrics import Counter, Histogram, MeterProvider
from opentelemetry.sdk.metrics.export import AggregationTemporality, InMemoryMetricReader, NumberDataPoint
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

_DELTA = AggregationTemporality.DELTA


@cache
def _providers() -> tuple[TracerProvider, InMemoryMetricReader]:
    tracing = TracerProvider()
    reader = InMemoryMetricReader(preferred_temporality={Counter: _DELTA, Histogram: _DELTA})
    trace.set_tracer_provider(tracing)
    metrics.set_meter_provider(MeterProvider([reader]))
    return tracing, reader


@dataclass(frozen=True, slots=True)
class Collected:
    """What was told since it was begun to collect."""

    _spans: InMemorySpanExporter
    _reader: InMemoryMetricReader

    def spans(self, name: str = "") -> list[ReadableSpan]:
        """Give the spans that have ended, of one name."""
        return [span for span in self._spans.get_finished_spans() if span.name.endswith(name)]

    def points(self) -> Mapping[str, list[tuple[Mapping[str, object], float]]]:
        """Give what was measured since this was asked last: of histograms how many there were."""
        found: dict[str, list[tuple[Mapping[str, object], float]]] = {}
        got = self._reader.get_metrics_data()
        for resource in got.resource_metrics if got else ():
            for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
                for point in metric.data.data_points:
                    value = point.value if isinstance(point, NumberDataPoint) else point.count
                    found.setdefault(metric.name, []).append((dict(point.attributes or {}), value))
        return found


@contextmanager
def collecting() -> Iterator[Collected]:
    """Keep spans and metrics from now on."""
    tracing, reader = _providers()
    spans = InMemorySpanExporter()
    tracing.add_span_processor(SimpleSpanProcessor(spans))
    collected = Collected(spans, reader)
    collected.points()
    try:
        yield collected
    finally:
        # From here on it takes nothing: a provider lets go of no processor.
        spans.shutdown()
