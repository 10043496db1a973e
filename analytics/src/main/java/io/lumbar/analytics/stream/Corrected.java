package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;

/**
 * The wearer said what a span really was, or took it back. Not written to any topic.
 *
 * @param voids whether what was measured in the span counts differently now
 */
public record Corrected(WearerId wearer, Span span, boolean voids) {}
