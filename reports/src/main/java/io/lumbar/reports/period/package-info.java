/** What a week or a month was like, against the four weeks before it. */
@NullMarked
package io.lumbar.reports.period;

import org.jspecify.annotations.NullMarked;
