/** The app Health Auto Export (Apple Health). */
@NullMarked
package io.lumbar.ingest.format.healthautoexport;

import org.jspecify.annotations.NullMarked;
