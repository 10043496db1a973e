package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;

/**
 * Within a span the wearer may lie otherwise than was known; for the detectors of nights. Not
 * written to any topic.
 */
public record RestChanged(WearerId wearer, Span span) {}
