/** Files that watches' and phones' apps export: steps, sleep, worn or not. No raw motion. */
@NullMarked
package io.lumbar.ingest.export;

import org.jspecify.annotations.NullMarked;
