/** The pages of sensors: a phone's browser as one, adding it, and calibrating those on the body. */
@NullMarked
package io.lumbar.ingest.connect;

import org.jspecify.annotations.NullMarked;
