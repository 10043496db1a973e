/** Connections to the MQTT broker of whoever runs Lumbar. */
@NullMarked
package io.lumbar.http.mqtt;

import org.jspecify.annotations.NullMarked;
