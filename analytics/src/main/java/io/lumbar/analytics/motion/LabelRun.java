package io.lumbar.analytics.motion;

import io.lumbar.model.Posture;

/** A label over the seconds since 1970 [from, to). */
public record LabelRun(long from, long to, Posture posture) {}
