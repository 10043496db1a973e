/** Scores the detectors on labelled recordings, through the same code as the stream. */
@NullMarked
package io.lumbar.app.validate;

import org.jspecify.annotations.NullMarked;
