/** A folder whose files are imported as they appear. */
@NullMarked
package io.lumbar.ingest.watch;

import org.jspecify.annotations.NullMarked;
