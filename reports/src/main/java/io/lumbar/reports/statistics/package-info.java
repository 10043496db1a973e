/** Small-sample statistics of one wearer's own days; pure. */
@NullMarked
package io.lumbar.reports.statistics;

import org.jspecify.annotations.NullMarked;
