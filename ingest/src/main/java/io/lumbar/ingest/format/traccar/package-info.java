/** The app Traccar Client. */
@NullMarked
package io.lumbar.ingest.format.traccar;

import org.jspecify.annotations.NullMarked;
