/** The read API, the live page and the reports. */
@NullMarked
package io.lumbar.reports;

import org.jspecify.annotations.NullMarked;
