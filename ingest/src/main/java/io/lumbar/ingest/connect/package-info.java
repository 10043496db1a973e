/** The page that turns a phone's browser into a sensor, and the one that adds such a phone. */
@NullMarked
package io.lumbar.ingest.connect;

import org.jspecify.annotations.NullMarked;
