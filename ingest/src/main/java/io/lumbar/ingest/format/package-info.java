/** What clients that people already have send, and what every adapter of one shares. */
@NullMarked
package io.lumbar.ingest.format;

import org.jspecify.annotations.NullMarked;
