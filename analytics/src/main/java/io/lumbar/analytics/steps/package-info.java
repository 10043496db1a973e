/** Steps per day from the best source, and inactivity where steps are all that is known. */
@NullMarked
package io.lumbar.analytics.steps;

import org.jspecify.annotations.NullMarked;
