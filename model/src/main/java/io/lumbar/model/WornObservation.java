package io.lumbar.model;

import java.time.Instant;

/** The device was put on or taken off; holds until its next report. */
public record WornObservation(Stamp stamp, boolean worn, Instant at) implements Observation {}
