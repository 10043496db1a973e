/** Plausible acceleration of worn sensors from a script of activities, with the truth beside it. */
@NullMarked
package io.lumbar.analytics.simulation;

import org.jspecify.annotations.NullMarked;
