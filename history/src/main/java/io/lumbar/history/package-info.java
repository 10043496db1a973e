/**
 * The store port, its contract kit, the SQLite and InfluxDB adapters, the topic-to-store writer.
 */
@NullMarked
package io.lumbar.history;

import org.jspecify.annotations.NullMarked;
