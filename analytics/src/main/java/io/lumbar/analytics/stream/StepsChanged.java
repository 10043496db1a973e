package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.ZoneId;

/** The steps within a span are not as they were; for the day's sum. Not written to any topic. */
public record StepsChanged(WearerId wearer, Span span, ZoneId zone) {}
