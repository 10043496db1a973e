/** Readers of files with raw motion, down to samples; they know neither wearers nor Kafka. */
@NullMarked
package io.lumbar.ingest.recording;

import org.jspecify.annotations.NullMarked;
