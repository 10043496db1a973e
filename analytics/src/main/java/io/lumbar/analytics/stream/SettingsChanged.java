package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;

/**
 * From where on something counts for a wearer is another now, or in which zone at some instant. Not
 * written to any topic.
 */
public record SettingsChanged(WearerId wearer) {}
