/** Line protocol, as Telegraf and InfluxDB's clients write it. */
@NullMarked
package io.lumbar.ingest.format.lineprotocol;

import org.jspecify.annotations.NullMarked;
