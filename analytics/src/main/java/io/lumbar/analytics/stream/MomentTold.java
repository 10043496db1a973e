package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;

/**
 * The wearer checked in about an instant in epoch milliseconds, or took it back. Not written to any
 * topic.
 */
public record MomentTold(WearerId wearer, long at) {}
