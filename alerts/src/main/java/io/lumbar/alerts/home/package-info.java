/** Alerts and the present posture for homes that run an MQTT broker, and Home Assistant's part. */
@NullMarked
package io.lumbar.alerts.home;

import org.jspecify.annotations.NullMarked;
