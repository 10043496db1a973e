/** Uploads, checked and acknowledged by Kafka. */
@NullMarked
package io.lumbar.ingest;

import org.jspecify.annotations.NullMarked;
