/** The app OwnTracks. */
@NullMarked
package io.lumbar.ingest.format.owntracks;

import org.jspecify.annotations.NullMarked;
