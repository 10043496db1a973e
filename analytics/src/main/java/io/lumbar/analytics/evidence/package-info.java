/**
 * What all devices said about a wearer's posture, kept as a set, and the timeline resolved from it.
 */
@NullMarked
package io.lumbar.analytics.evidence;

import org.jspecify.annotations.NullMarked;
