/** The app Sensor Logger. */
@NullMarked
package io.lumbar.ingest.format.sensorlogger;

import org.jspecify.annotations.NullMarked;
