package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.ZoneId;

/**
 * The published bouts within a span are other ones now; for the detectors behind. Not written to
 * any topic.
 *
 * @param frees true when some bout was taken back or ends earlier, so that time may have become
 *     unknown again
 */
public record PostureChanged(WearerId wearer, Span span, ZoneId zone, boolean frees) {}
