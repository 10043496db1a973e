package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.ZoneId;

/**
 * What else is summed over a day, such as bends, is not as it was within a span. Not written to any
 * topic.
 */
public record MeasuresChanged(WearerId wearer, Span span, ZoneId zone) {}
