/** Reports from the real stores: the same from both, and how fast. */
@NullMarked
package io.lumbar.reports.speed;

import org.jspecify.annotations.NullMarked;
