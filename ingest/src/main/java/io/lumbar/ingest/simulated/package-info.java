/** Simulated clients that emit every upload format, to try an installation and to test adapters. */
@NullMarked
package io.lumbar.ingest.simulated;

import org.jspecify.annotations.NullMarked;
