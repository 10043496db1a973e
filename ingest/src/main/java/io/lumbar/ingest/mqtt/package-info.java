/** Uploads that come by an MQTT broker of the user's. */
@NullMarked
package io.lumbar.ingest.mqtt;

import org.jspecify.annotations.NullMarked;
