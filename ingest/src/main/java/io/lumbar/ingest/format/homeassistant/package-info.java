/** What a house knows, from Home Assistant. */
@NullMarked
package io.lumbar.ingest.format.homeassistant;

import org.jspecify.annotations.NullMarked;
