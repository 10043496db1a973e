package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.util.Set;

/**
 * What was said about a wearer's posture before an instant is not needed any more. Not written to
 * any topic.
 *
 * @param before epoch milliseconds
 * @param packable days before this instant are over and may be kept as one value each
 * @param spared UTC days before it that stay, counted from 1970
 */
public record Forgotten(WearerId wearer, long before, long packable, Set<Long> spared) {}
