/** Quiet signals about an arched back while somebody sleeps, for who wants them. */
@NullMarked
package io.lumbar.alerts.night;

import org.jspecify.annotations.NullMarked;
