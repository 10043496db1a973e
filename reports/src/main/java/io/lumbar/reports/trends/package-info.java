/** Daily and nightly figures of one wearer over time; pure. */
@NullMarked
package io.lumbar.reports.trends;

import org.jspecify.annotations.NullMarked;
