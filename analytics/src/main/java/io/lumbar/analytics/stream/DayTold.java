package io.lumbar.analytics.stream;

import io.lumbar.model.WearerId;
import java.time.LocalDate;

/** The wearer tagged a day, or took it back. Not written to any topic. */
public record DayTold(WearerId wearer, LocalDate date) {}
