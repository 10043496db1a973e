package io.lumbar.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How sitting was spread over its bouts, by the measures of accelerometry research. Minutes and
 * hours throughout.
 *
 * @param breakRate breaks per hour of sitting
 * @param fragmentation bouts per minute of sitting (Chastin 2012)
 * @param alpha exponent of the power law of bout lengths; higher means more short bouts (Chastin
 *     and Granat 2010, doi 10.1016/j.gaitpost.2009.09.002); null with too few bouts or all alike
 * @param x05 the bout length that halves the bouts by that law; null without {@code alpha}
 * @param w05Share share of the sitting in bouts longer than {@code x05}; null without {@code alpha}
 * @param halfLifeBoutMinutes the shortest bout at which half of the sitting is reached
 * @param gini inequality of bout lengths, corrected for small numbers, 0 to 1; null with one bout
 * @param minutesOf30 minutes in bouts of at least 30 minutes
 * @param minutesOf60 minutes in bouts of at least 60 minutes
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SittingMetrics(
    double breakRate,
    double fragmentation,
    @Nullable Double alpha,
    @Nullable Double x05,
    @Nullable Double w05Share,
    double halfLifeBoutMinutes,
    @Nullable Double gini,
    double minutesOf30,
    double minutesOf60,
    double meanMinutes,
    double medianMinutes) {}
