/** Topics that are read for what they say about one wearer. */
@NullMarked
package io.lumbar.alerts.lines;

import org.jspecify.annotations.NullMarked;
