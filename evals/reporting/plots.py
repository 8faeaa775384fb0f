"""Plots as inline SVG: no library, no outside asset, colours from the page's style so that dark mode works."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from markupsafe import Markup, escape

from evals.intervals import Interval
from evals.reporting.texts import percent, text
from evals.summary import Reliability

BAR_WIDTH, BAR_HEIGHT = 240, 16
PLOT = 340
MARGIN, RIGHT = 48, 22


def both(de: str, en: str) -> Markup:
    """A text in both languages; the page shows one of them."""
    return Markup('<span class="de" lang="de">{}</span><span class="en" lang="en">{}</span>').format(de, en)


def share_bar(interval: Interval) -> Markup:
    """A bar from 0 to 1 with the interval as a whisker; the value stands beside it as text, so the bar is hidden from readers."""
    low, high = (BAR_WIDTH * bound for bound in (interval.low, interval.high))
    middle = BAR_HEIGHT / 2
    return Markup(
        f'<svg class="bar" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" aria-hidden="true">'
        f'<rect class="track" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" rx="2"/>'
        f'<rect class="fill" width="{BAR_WIDTH * interval.value:.1f}" height="{BAR_HEIGHT}" rx="2"/>'
        f'<path class="whisker" d="M{low:.1f} {middle}H{high:.1f}M{low:.1f} 3V{BAR_HEIGHT - 3}M{high:.1f} 3V{BAR_HEIGHT - 3}"/></svg>'
    )


def difference_bar(interval: Interval) -> Markup:
    """A bar from -0.5 to 0.5 around the middle, cut off beyond."""

    def place(value: float) -> float:
        return BAR_WIDTH * (0.5 + max(-0.5, min(0.5, value)))

    start, end = sorted((place(0.0), place(interval.value)))
    low, high, middle = place(interval.low), place(interval.high), BAR_HEIGHT / 2
    kind = "better" if interval.value >= 0 else "worse"
    return Markup(
        f'<svg class="bar" viewBox="0 0 {BAR_WIDTH} {BAR_HEIGHT}" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" aria-hidden="true">'
        f'<rect class="track" width="{BAR_WIDTH}" height="{BAR_HEIGHT}" rx="2"/>'
        f'<rect class="{kind}" x="{start:.1f}" width="{end - start:.1f}" height="{BAR_HEIGHT}"/>'
        f'<path class="axis" d="M{BAR_WIDTH / 2} 0V{BAR_HEIGHT}"/><path class="whisker" d="M{low:.1f} {middle}H{high:.1f}"/></svg>'
    )


def reliability_plot(found: Reliability) -> Markup:
    """Estimated against actual share of answerable questions; the size of a point grows with the questions in it."""
    most = max(item.questions for item in found.bins)
    parts = [_axes(x_key="estimated", y_key="true", ticks=[(share / 4, f"{25 * share} %") for share in range(5)])]
    parts.append(f'<path class="diagonal" d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}"/>')
    if found.threshold is not None:
        parts.append(f'<path class="threshold" d="M{_x(found.threshold)} {_y(0)}V{_y(1)}"/>')
    for item in found.bins:
        radius = 3 + 11 * (item.questions / most) ** 0.5
        label = f"{100 * item.mean:.0f} % → {100 * item.answerable:.0f} % ({item.questions})"
        parts.append(
            f'<circle class="point" cx="{_x(item.mean)}" cy="{_y(item.answerable)}" r="{radius:.1f}"><title>{escape(label)}</title></circle>'
        )
    return _plot("".join(parts), "reliability")


def latency_plot(totals_ms: Sequence[float]) -> Markup:
    """Share of the replies that were there by a time, the time on a logarithmic scale."""
    low, high = max(0.1, totals_ms[0]), max(totals_ms[-1], totals_ms[0] * 1.1, 0.2)
    first, last = log10(low), log10(high)
    span = max(last - first, 1e-9)

    def across(ms: float) -> float:
        return (log10(max(ms, low)) - first) / span

    factors = (1, 2, 5) if span < 2 else (1,)  # so many that their labels do not touch
    steps = [10.0**power * factor for power in range(-1, 6) for factor in factors]
    ticks = [(across(ms), f"{ms:g}") for ms in steps if low <= ms <= high]
    points = _thinned([(across(ms), (i + 1) / len(totals_ms)) for i, ms in enumerate(totals_ms)])
    line = "L".join(f"{_x(x)} {_y(y)}" for x, y in points)
    heights = [(share / 4, f"{25 * share} %") for share in range(5)]
    body = _axes(x_key="ms", y_key=None, ticks=ticks, heights=heights) + f'<path class="curve" d="M{line}"/>'
    return _plot(body, "latency")


def _thinned(points: Sequence[tuple[float, float]], most: int = 400) -> list[tuple[float, float]]:
    step = max(1, len(points) // most)
    return [*points[::step], points[-1]]


def _x(share: float) -> str:
    return f"{MARGIN + share * (PLOT - MARGIN - RIGHT):.1f}"


def _y(share: float) -> str:
    return f"{PLOT - MARGIN - share * (PLOT - MARGIN - RIGHT):.1f}"


def _axes(
    *,
    x_key: str,
    y_key: str | None,
    ticks: Sequence[tuple[float, str]],
    heights: Sequence[tuple[float, str]] | None = None,
) -> str:
    parts = [f'<path class="axis" d="M{_x(0)} {_y(1)}V{_y(0)}H{_x(1)}"/>']
    for share, label in ticks:
        parts.append(f'<path class="grid" d="M{_x(share)} {_y(0)}V{_y(1)}"/>')
        parts.append(f'<text x="{_x(share)}" y="{PLOT - MARGIN + 16}" text-anchor="middle">{escape(label)}</text>')
    for share, label in heights or ticks:
        parts.append(f'<path class="grid" d="M{_x(0)} {_y(share)}H{_x(1)}"/>')
        parts.append(f'<text x="{MARGIN - 6}" y="{_y(share)}" dy="4" text-anchor="end">{escape(label)}</text>')
    for language in ("de", "en"):
        name = escape(text(x_key, language))
        parts.append(f'<text class="{language}" x="{PLOT - 12}" y="{PLOT - 12}" text-anchor="end">{name}</text>')
        if y_key:
            name = escape(text(y_key, language))
            parts.append(f'<text class="{language}" x="{MARGIN + 4}" y="10">{name}</text>')
    return "".join(parts)


def _plot(body: str, key: str) -> Markup:
    names = {language: escape(text(key, language)) for language in ("de", "en")}
    label = f"{names['de']} / {names['en']}"
    return Markup(
        f'<svg class="plot" viewBox="0 0 {PLOT} {PLOT}" width="{PLOT}" height="{PLOT}" role="img" aria-label="{label}">{body}</svg>'
    )


def percent_both(value: float, *, signed: bool = False) -> Markup:
    """A share as both languages write it."""
    return both(percent(value, "de", signed=signed), percent(value, "en", signed=signed))
