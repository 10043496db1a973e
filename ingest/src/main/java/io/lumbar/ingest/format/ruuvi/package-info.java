/** What gateways hear of RuuviTags. */
@NullMarked
package io.lumbar.ingest.format.ruuvi;

import org.jspecify.annotations.NullMarked;
