package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.ZoneId;

/** The time in bed within a span is not as it was; for the day's sum. Not written to any topic. */
public record NightChanged(WearerId wearer, Span span, ZoneId zone) {}
