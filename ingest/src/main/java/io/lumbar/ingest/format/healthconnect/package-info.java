/** The app HC Webhook (Android Health Connect). */
@NullMarked
package io.lumbar.ingest.format.healthconnect;

import org.jspecify.annotations.NullMarked;
