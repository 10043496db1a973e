package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import org.jspecify.annotations.Nullable;

/**
 * From where on something counts for a wearer is another now, or in which zone at some instant. Not
 * written to any topic.
 *
 * @param since the time that other thresholds or another zone hold for, up to now; what was
 *     measured in it may have been read before them, since it comes in other topics. Null when they
 *     are the same, or are thresholds that hold from long before they were told on
 * @param zones the part of it, from its beginning, in which dates may be others; it may lie ahead.
 *     Null when no zone is another one
 */
public record SettingsChanged(WearerId wearer, @Nullable Span since, @Nullable Span zones) {}
