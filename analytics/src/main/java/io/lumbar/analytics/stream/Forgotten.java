package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.util.Set;

/**
 * What was said about a wearer's posture before an instant is not needed any more. Not written to
 * any topic.
 *
 * @param before epoch milliseconds
 * @param spared UTC days before it that stay, counted from 1970
 */
public record Forgotten(WearerId wearer, long before, Set<Long> spared) {}
