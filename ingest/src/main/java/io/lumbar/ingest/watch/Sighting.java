package io.lumbar.ingest.watch;

import java.nio.file.Path;

/**
 * A file as it was seen.
 *
 * @param modifiedMillis when the file system says that it was changed
 */
record Sighting(Path path, long size, long modifiedMillis) {}
