/** The history in InfluxDB 1.8 or newer, 2.x or 3. */
@NullMarked
package io.lumbar.history.influx;

import org.jspecify.annotations.NullMarked;
